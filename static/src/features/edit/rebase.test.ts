import { expect, test } from 'vitest';
import { Document } from '../../model/document.ts';
import { History, type Step } from '../../model/history.ts';
import { lacksSome, laterSteps, onto, rebased } from './rebase.ts';

const base = Document.parse('{"version":"2.0","summary":{"title":"Shop"},"detail":{"diagrams":[]}}');

function added(title: string): Step {
  return { name: `Add ${title}`, at: 0, operations: [{ type: 'addDiagram', diagram: { title, cells: [] } }] };
}

const names = (steps: readonly Step[]) => steps.map(({ name }) => name);

test('what was sent is not done again, and what was undone since stays undone', () => {
  const sent = History.of(base).do(added('A')).do(added('B'));
  expect(names(laterSteps(sent, sent))).toEqual([]);
  expect(names(laterSteps(sent, sent.do(added('C')).do(added('D')).undo()))).toEqual(['Add C']);
  expect(names(laterSteps(sent.undo(), sent))).toEqual(['Add B']);
});

test('it is seen when something that was sent is done no more, or is part of something else', () => {
  const typed = (value: string, at: number): Step => ({
    name: 'Title',
    at,
    key: 'title',
    operations: [{ type: 'setSummaryField', key: 'title', value }],
  });
  const sent = History.of(base).do(added('A')).do(typed('B', 0));
  expect(lacksSome(sent, sent.do(added('C')).undo())).toBe(false);
  expect(lacksSome(sent, sent.undo())).toBe(true);
  expect(lacksSome(sent, sent.do(typed('BC', 10)))).toBe(true);
  expect(lacksSome(sent.undo(), sent.undo().do(added('D')))).toBe(false);
});

test('what does not fit is told, and the rest is done', () => {
  const lost: Step = { name: 'Lost', at: 0, operations: [{ type: 'removeDiagram', diagram: 99 }] };
  const { history, refused } = onto(base, [added('A'), lost, added('B')]);
  expect([names(history.steps), names(refused), history.base]).toEqual([['Add A', 'Add B'], ['Lost'], base]);
});

test('a flow to an element that others have deleted is nothing to bring in unasked', () => {
  const cell = (id: string) => ({ id, shape: 'process', position: { x: 0, y: 0 }, data: { name: id } });
  const model = (...cells: object[]) =>
    Document.parse(
      JSON.stringify({ version: '2.0', summary: { title: 'S' }, detail: { diagrams: [{ id: 0, title: 'D', cells }] } }),
    );
  const saved = model(cell('a'), cell('b'));
  const flow = { id: 'f', shape: 'flow', source: { cell: 'a' }, target: { cell: 'b' } };
  const now = History.of(saved).do({
    name: 'Draw',
    at: 0,
    operations: [{ type: 'addCell', diagram: 0, cell: flow }],
  });
  expect(rebased(saved, History.of(saved), now, model(cell('a')))).toBeNull();
  expect(rebased(saved, null, now, model(cell('a')))).toBeNull();
  const moved = model({ ...cell('a'), position: { x: 9, y: 9 } }, cell('b'));
  for (const since of [History.of(saved), null]) {
    const found = rebased(saved, since, now, moved);
    expect(found?.document.diagram(0)?.cells.map(({ id }) => id)).toEqual(['a', 'b', 'f']);
    expect(found?.document.diagram(0)?.cell('a')?.position?.x).toBe(9);
  }
});
