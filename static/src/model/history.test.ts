import { describe, expect, test } from 'vitest';
import { Document } from './document.ts';
import { History, type Step } from './history.ts';
import { stepsFromText, stepsToText } from './journal.ts';
import { parse } from './json/parse.ts';
import { OperationError, type Operation } from './operation.ts';

const TEXT =
  '{"version":"2.0","summary":{"title":"T"},"detail":{"diagrams":[{"id":0,"title":"D","cells":[{"id":"a","shape":"process"}]}]}}';
const base = Document.parse(TEXT);

const title = (value: string, at: number, key?: string): Step => ({
  name: `Title ${value}`,
  at,
  ...(key === undefined ? {} : { key }),
  operations: [{ type: 'setSummaryField', key: 'title', value }],
});

test('undo goes back through each document, and redo forward', () => {
  const history = History.of(base).do(title('A', 0)).do(title('B', 1));
  expect(history.document.title).toBe('B');
  expect(history.undo().document.title).toBe('A');
  expect(history.undo().undo().document).toBe(base);
  expect(history.undo().undo().undo().document).toBe(base);
  expect(history.undo().undo().redo().redo().redo().document.title).toBe('B');
});

test('what was undone is gone when something else is done', () => {
  const history = History.of(base).do(title('A', 0)).do(title('B', 1)).undo().do(title('C', 2));
  expect(history.steps.map((step) => step.name)).toEqual(['Title A', 'Title C']);
  expect(history.redoable).toBeUndefined();
});

test('a step that changes nothing is none', () => {
  const history = History.of(base);
  expect(history.do(title('T', 0))).toBe(history);
});

test('typing is one step until one pauses, does something else, or takes it back', () => {
  let history = History.of(base)
    .do(title('A', 0, 'title'))
    .do(title('AB', 900, 'title'));
  expect(history.steps).toHaveLength(1);
  history = history.do(title('ABC', 1900, 'title'));
  expect(history.steps).toHaveLength(2);
  history = history.undo().do(title('X', 1950, 'title'));
  expect(history.steps.map((step) => step.name)).toEqual(['Title AB', 'Title X']);
});

test('steps do not join when the clock goes back', () => {
  expect(
    History.of(base)
      .do(title('A', 5000, 'title'))
      .do(title('AB', 4999, 'title')).steps,
  ).toHaveLength(2);
});

test('typing that comes back to where it began is no step', () => {
  const history = History.of(base)
    .do(title('A', 0))
    .do(title('AB', 10, 'title'))
    .do(title('A', 20, 'title'));
  expect(history.steps.map((step) => step.name)).toEqual(['Title A']);
  expect(history.document.title).toBe('A');
});

test('the oldest steps are forgotten, not the work', () => {
  let history = History.of(base);
  for (let count = 1; count <= 510; count += 1) history = history.do(title(String(count), count * 5000));
  expect(history.steps).toHaveLength(500);
  expect(history.base.title).toBe('10');
  expect(history.document.title).toBe('510');
});

test('a history is told again from its steps, in text', () => {
  const cell = parse('{"id":"b","shape":"actor","odd":1.0,"__proto__":{"x":1}}').root;
  const history = History.of(base)
    .do({ name: 'Add b', at: 0, operations: [{ type: 'addCell', diagram: 0, cell }] })
    .do(title('New', 5000, 'k'))
    .undo();
  const steps = stepsFromText(stepsToText(history.steps));
  const again = History.replay(base, steps, history.done);
  expect(again.document.text()).toBe(history.document.text());
  expect(again.document.text()).toContain('"odd":1.0,"__proto__":{"x":1}');
  expect(again.redo().document.text()).toBe(history.redo().document.text());
  expect([again.redoable?.name, again.redoable?.key, again.redoable?.at]).toEqual(['Title New', 'k', 5000]);
});

test.each(['', '{}', '[1]', '[{"name":"x","at":0}]', '[{"name":1,"at":0,"operations":[]}]'])(
  '%j holds no steps',
  (text) => {
    expect(() => stepsFromText(text)).toThrow();
  },
);

describe('whatever is done, the steps tell the same history again', () => {
  const WORDS = ['', 'A', 'Shop'];
  const cells = [
    { id: 'actor', shape: 'actor', position: { x: 0, y: 0 }, attrs: { body: { strokeDasharray: '9 9' } }, data: {} },
    { id: 'two-way', shape: 'flow', source: {}, target: {}, attrs: { line: { sourceMarker: 'circle' } }, data: {} },
    { id: 'bare', shape: 'flow', source: { x: 1, y: 1 }, target: { x: 2, y: 2 }, vertices: [{ x: 1, y: 2, own: 1 }] },
  ];
  const model = { version: '2.0', summary: { title: 'T' }, detail: { diagrams: [{ id: 0, title: 'D', cells }] } };
  const start = Document.parse(JSON.stringify(model));
  const places = cells.map(({ id }) => ({ diagram: 0, cell: id }));

  /** One of the operations that joined steps are made of, on any cell. */
  function anyOperation(pick: <T>(list: readonly T[]) => T): Operation {
    const place = pick(places);
    return pick<Operation>([
      { type: 'nameCell', ...place, name: pick(WORDS) },
      { type: 'nameCell', ...place, name: pick(WORDS) },
      { type: 'setCellField', ...place, key: pick(['outOfScope', 'isBidirectional']), value: pick([true, false]) },
      { type: 'moveCell', ...place, x: pick([0, 1, 2]), y: 5 },
      { type: 'placeLabel', ...place, distance: pick([0.2, 0.5]), ...pick([{}, { offset: 7 }]) },
      { type: 'setVertices', ...place, vertices: pick([[], [{ x: 1, y: 2 }]]) },
      { type: 'reverseFlow', ...place },
    ]);
  }

  test.each(Array.from({ length: 40 }, (_, index) => index + 1))('%i', (seed) => {
    let state = seed;
    const pick = <T>(list: readonly T[]): T => {
      state = (state * 48_271) % 2_147_483_647;
      // The remainder is an index of the list, which is never empty.
      return list[state % list.length]!;
    };
    let history = History.of(start);
    for (let at = 0; at < 30; at += 1) {
      const step = {
        name: 'x',
        at: at * 10,
        key: pick(['one', 'one', 'one', 'two']),
        operations: [anyOperation(pick)],
      };
      try {
        history = pick([0, 1, 2, 3, 4]) === 0 ? history.undo() : history.do(step);
      } catch (thrown) {
        if (!(thrown instanceof OperationError)) throw thrown;
      }
      const again = History.replay(start, stepsFromText(stepsToText(history.steps)), history.done);
      expect(again.document.text()).toBe(history.document.text());
    }
  });
});
