import { describe, expect, test } from 'vitest';
import type { Editor } from '../editor.svelte.ts';
import { doing, editorOf, flow, node, places } from '../commands/fixture.ts';
import { connect, connectToNew, create } from '../commands/creating.ts';
import { overlaps } from '../geometry/box.ts';
import { aroundPoint, besideBox } from './free-spot.ts';
import { parents } from './nesting.ts';
import { readingOrder } from './order.ts';

/** Two rows; a boundary with another in it. */
function shop(): Editor {
  return editorOf([
    flow('cb', 'c', 'b'),
    flow('ba', 'b', 'a'),
    flow('ac', 'a', 'c'),
    flow('ab', 'a', 'b'),
    node('store', 'c', { x: 850, y: 60 }),
    node('actor', 'a', { x: 0, y: 80 }),
    node('process', 'b', { x: 300, y: 60 }),
    node('process', 'd', { x: 480, y: 70 }),
    node('boundary-box', 'inner', { x: 280, y: 40, width: 150, height: 150 }),
    node('boundary-box', 'outer', { x: 250, y: 20, width: 400, height: 300 }),
    node('text', 'note', { x: 0, y: 600 }),
  ]);
}

const ids = (editor: Editor) => readingOrder(editor.diagram).map(({ id }) => id);

test('one reads row by row, into boundaries, and from an element along its flows', () => {
  expect(ids(shop())).toEqual(['a', 'ab', 'ac', 'outer', 'inner', 'b', 'ba', 'd', 'c', 'cb', 'note']);
});

test('each is in the smallest boundary around it; of two alike, none is in itself', () => {
  const { cells } = shop();
  const inner = Object.fromEntries(parents(cells));
  expect(inner).toMatchObject({ a: null, b: 'inner', d: 'outer', inner: 'outer', outer: null });
  const twins = editorOf([node('boundary-box', 'p', { x: 0, y: 0 }), node('boundary-box', 'q', { x: 0, y: 0 })]);
  expect(Object.fromEntries(parents(twins.cells))).toEqual({ p: null, q: 'p' });
  expect(ids(twins)).toEqual(['p', 'q']);
});

test('what has no place is read last, and each is read once', () => {
  const lost = { id: 'lost', shape: 'actor' };
  const editor = editorOf([
    lost,
    flow('loop', 'x', 'x'),
    node('actor', 'x', { x: 0, y: 0 }),
    flow('gone', 'nobody', 'x'),
  ]);
  expect(ids(editor).toSorted()).toEqual(['gone', 'loop', 'lost', 'x']);
  expect(ids(editor).slice(0, 2)).toEqual(['x', 'loop']);
});

test.each([
  ['go-right', 'a', 'inner'],
  ['go-left', 'c', 'd'],
  ['go-down', 'a', 'note'],
  ['go-along-forwards', 'a', 'ab'],
  ['go-along-forwards', 'ab', 'b'],
  ['go-along-backwards', 'ab', 'a'],
  ['go-along-backwards', 'b', 'ab'],
  ['go-sibling-forwards', 'ab', 'ac'],
  ['go-sibling-forwards', 'ac', 'ab'],
  ['go-sibling-backwards', 'ab', 'cb'],
  ['go-first', 'c', 'a'],
  ['go-last', 'c', 'note'],
])('%s from %s is %s', (id, from, to) => {
  const editor = shop();
  editor.focus = from;
  doing(editor, id);
  expect(editor.focus).toBe(to);
  expect(editor.selection.size).toBe(0);
});

test('where it does not go on, that is said', () => {
  const editor = shop();
  editor.focus = 'note';
  doing(editor, 'go-down');
  expect([editor.focus, editor.said.text]).toEqual(['note', 'Nothing further below']);
  doing(editor, 'go-along-forwards');
  expect(editor.said.text).toBe('No flow goes on from here');
});

test('what one goes to comes into sight', () => {
  const editor = editorOf([node('actor', 'a', { x: 0, y: 0 }), node('actor', 'far', { x: 5000, y: 0 })]);
  editor.focus = 'a';
  doing(editor, 'go-right');
  const { x, width } = editor.view.visible;
  expect(x <= 5000 && x + width >= 5150).toBe(true);
});

describe('Enter', () => {
  test('opens the threats of what has some, else its properties', () => {
    const editor = shop();
    editor.focus = 'ab';
    doing(editor, 'open');
    expect([editor.pane.name, editor.pane.count, ...editor.selection.ids]).toEqual(['threats', 1, 'ab']);
    editor.focus = 'outer';
    doing(editor, 'open');
    expect([editor.pane.name, editor.pane.count, ...editor.selection.ids]).toEqual(['properties', 2, 'outer']);
  });
});

describe('room', () => {
  const cells = () => editorOf([node('actor', 'a', { x: 0, y: 0 }), node('actor', 'b', { x: 270, y: 0 })]).cells;
  const size = { width: 100, height: 100 };

  test('is beside an element: right, below, left, above', () => {
    const box = { x: 0, y: 0, width: 150, height: 80 };
    expect(besideBox(box, size, [])).toEqual({ x: 270, y: -10 });
    expect(besideBox(box, size, cells())).toEqual({ x: 30, y: 200 });
  });

  test('is around a point, where nothing stands and no boundary runs', () => {
    const { cells: all } = shop();
    const taken: { x: number; y: number; width: number; height: number }[] = [];
    const added = [...all];
    for (let count = 0; count < 12; count += 1) {
      const box = { ...aroundPoint({ x: 350, y: 110 }, size, added), ...size };
      expect(taken.some((other) => overlaps(other, box))).toBe(false);
      taken.push(box);
      added.push(...editorOf([node('process', `n${count}`, box)]).cells);
    }
  });
});

describe('drawing by keyboard', () => {
  test('puts an element into the middle of what is seen, selected, to be named', () => {
    const editor = editorOf([]);
    editor.tool = 'process';
    doing(editor, 'place');
    expect(places(editor)).toEqual({ 'new-1': [450, 350, 100, 100] });
    expect([editor.tool, editor.focus, editor.naming, ...editor.selection.ids]).toEqual([
      'select',
      'new-1',
      'new-1',
      'new-1',
    ]);
    expect([editor.history.undoable?.name, editor.said.text]).toEqual(['Add process', 'Process added']);
  });

  test('puts the next one beside the one where the keyboard is', () => {
    const editor = editorOf([node('actor', 'a', { x: 0, y: 0 })]);
    editor.focus = 'a';
    create(editor, 'store');
    expect(places(editor)['new-1']).toEqual([270, 0, 150, 75]);
  });

  test('puts a boundary around what is selected, and elements into the boundary where the keyboard is', () => {
    const editor = editorOf([node('actor', 'a', { x: 0, y: 0 }), node('actor', 'b', { x: 200, y: 100 })]);
    editor.selection.only('a', 'b');
    create(editor, 'boundary-box');
    expect(places(editor)['new-1']).toEqual([-40, -40, 430, 260]);
    expect(parents(editor.cells).get('a')).toBe('new-1');
    create(editor, 'process');
    expect(Object.values(places(editor)).at(-1)).toHaveLength(4);
  });

  test('puts a curve across the middle', () => {
    const editor = editorOf([]);
    create(editor, 'boundary-curve');
    expect(editor.diagram.cells[0]).toMatchObject({
      kind: 'boundary-curve',
      source: { x: 500, y: 300 },
      target: { x: 500, y: 500 },
    });
  });

  test('connects, also to something new', () => {
    const editor = editorOf([node('actor', 'a', { x: 0, y: 0 }), node('process', 'b', { x: 400, y: 0 })]);
    const [a, b] = editor.diagram.cells;
    if (!a || !b) throw new Error('there are two');
    connect(editor, a, b);
    expect(editor.diagram.cell('new-1')).toMatchObject({ kind: 'flow', source: { cell: 'a' }, target: { cell: 'b' } });
    expect([editor.history.undoable?.name, editor.naming]).toEqual(['Connect A to B', 'new-1']);
    connectToNew(editor, b, 'store');
    expect(editor.history.undoable?.name).toBe('Connect B to a new store');
    expect(editor.diagram.cell('new-2')).toMatchObject({ kind: 'store', position: { x: 620, y: 10 } });
    expect(editor.diagram.cell('new-3')).toMatchObject({ source: { cell: 'b' }, target: { cell: 'new-2' } });
    expect([editor.naming, editor.history.steps.length]).toEqual(['new-2', 2]);
  });
});
