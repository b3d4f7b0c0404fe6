import { expect, test } from 'vitest';
import { newEdge } from '../../model/new-cell.ts';
import { hand, on } from './testing.ts';

const alt = { altKey: true };

test('a drag moves an element, is one step, and can be undone', () => {
  const it = hand();
  it.drag(on('browser'), [50, 150], [73, 433]);
  expect(it.cell('browser').position).toEqual({ x: 20, y: 380 });
  expect(it.steps()).toEqual(['Move Browser']);
  it.editor.undo();
  expect(it.cell('browser').position).toEqual({ x: 0, y: 100 });
});

test('a press that hardly moves does not drag', () => {
  const it = hand();
  it.drag(on('browser'), [50, 150], [52, 152]);
  expect(it.steps()).toEqual([]);
});

test('Escape puts it back', () => {
  const it = hand();
  const before = it.editor.document;
  it.hold(on('browser'), [50, 150], [90, 400]);
  expect(it.editor.document).not.toBe(before);
  it.pointer.key({ key: 'Escape' });
  expect(it.editor.document).toBe(before);
  expect(it.editor.traces.guides).toEqual([]);
});

test('it snaps to lines of others and shows them, to the grid only where there are none', () => {
  const it = hand();
  it.hold(on('browser'), [50, 150], [57, 153]);
  expect(it.cell('browser').position).toEqual({ x: 10, y: 100 });
  expect(it.editor.traces.guides.some((guide) => guide.axis === 'y' && guide.at === 100)).toBe(true);
});

test('when snapping is off it goes where it is put', () => {
  const it = hand();
  it.editor.grid.snaps = false;
  it.drag(on('browser'), [50, 150], [57, 153]);
  expect(it.cell('browser').position).toEqual({ x: 7, y: 103 });
});

test('Alt during a drag suspends snapping, a hidden grid does not', () => {
  const it = hand();
  it.hold(on('browser'), [50, 150], [57, 153]);
  it.pointer.move({ ...pressOf(57, 153), ...alt });
  expect(it.cell('browser').position).toEqual({ x: 7, y: 103 });
  it.editor.grid.shown = false;
  it.pointer.move(pressOf(57, 383));
  expect(it.cell('browser').position).toEqual({ x: 10, y: 330 });
  it.editor.grid.snaps = false;
  it.pointer.move(pressOf(58, 383));
  expect(it.cell('browser').position).toEqual({ x: 8, y: 333 });
});

test('with shift it moves in one direction only', () => {
  const it = hand();
  it.drag(on('browser'), [50, 150], [65, 450], { shiftKey: true });
  expect(it.cell('browser').position).toEqual({ x: 0, y: 400 });
});

test('a boundary takes along what lies in it, with ctrl at the start it does not', () => {
  const it = hand();
  it.drag(on('dmz'), [280, 100], [280, 400]);
  expect(['dmz', 'api', 'store', 'browser'].map((id) => it.cell(id).position?.y)).toEqual([360, 400, 400, 100]);
  it.drag(on('dmz'), [280, 400], [280, 500], { ctrlKey: true });
  expect(['dmz', 'api'].map((id) => it.cell(id).position?.y)).toEqual([460, 400]);
});

test('what is locked stays, also in a boundary that moves', () => {
  const it = hand();
  it.editor.do('Lock', [{ type: 'lockCell', diagram: 0, cell: 'api', locked: true }]);
  it.drag(on('api'), [350, 150], [350, 350]);
  expect(it.cell('api').position?.y).toBe(100);
  expect(it.editor.said.text).toBe('Locked: API');
  it.drag(on('dmz'), [280, 100], [280, 400]);
  expect(['dmz', 'api', 'store'].map((id) => it.cell(id).position?.y)).toEqual([360, 100, 400]);
});

test('vertices go along when both ends do, free ends when their flow is selected', () => {
  const it = hand();
  const free = newEdge('flow', 'free', 'Free', {
    source: { cell: 'api' },
    target: { x: 500, y: 500 },
    vertices: [{ x: 450, y: 400 }],
  });
  it.editor.do('Draw', [
    { type: 'setVertices', diagram: 0, cell: 'flow', vertices: [{ x: 200, y: 90 }] },
    { type: 'addCell', diagram: 0, cell: free },
  ]);
  it.editor.selection.only('api');
  it.drag(on('api'), [350, 150], [350, 450]);
  expect(it.cell('flow').vertices).toEqual([{ x: 200, y: 90 }]);
  expect(it.cell('free').target).toEqual({ x: 500, y: 500 });
  it.editor.selection.only('api', 'browser', 'free');
  it.drag(on('api'), [350, 450], [350, 750]);
  expect(it.cell('flow').vertices).toEqual([{ x: 200, y: 390 }]);
  expect(it.cell('free').target).toEqual({ x: 500, y: 800 });
  expect(it.cell('free').vertices).toEqual([{ x: 450, y: 700 }]);
  expect(it.steps().at(-1)).toBe('Move 3 elements');
});

test('Alt at the start duplicates, with the flows between the copies', () => {
  const it = hand();
  it.editor.selection.only('browser', 'api');
  it.drag(on('api'), [350, 150], [350, 450], alt);
  expect(it.steps()).toEqual(['Duplicate 2 elements']);
  const copies = it.editor.selected;
  expect(copies.map((cell) => [cell.name, cell.position])).toEqual([
    ['Browser', { x: 0, y: 400 }],
    ['API', { x: 300, y: 400 }],
  ]);
  const flow = it.editor.cells.find((cell) => cell.name === 'Order' && cell.id !== 'flow');
  expect(flow?.source).toEqual({ cell: copies[0]?.id });
  expect(flow?.target).toEqual({ cell: copies[1]?.id });
  expect(it.cell('api').position).toEqual({ x: 300, y: 100 });
});

function pressOf(clientX: number, clientY: number) {
  const none = { shiftKey: false, altKey: false, ctrlKey: false, metaKey: false };
  return { pointerId: 1, pointerType: 'mouse', button: 0, clientX, clientY, ...none };
}
