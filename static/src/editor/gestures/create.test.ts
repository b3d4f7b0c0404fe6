import { expect, test } from 'vitest';
import { bring } from './bring.ts';
import { NOWHERE } from './hit.ts';
import { hand, on, pressAt } from './testing.ts';

test('a click with a tool puts an element there, selects it, asks its name and puts the tool away', () => {
  const it = hand();
  it.editor.tool = 'process';
  it.click(NOWHERE, [203, 504]);
  const [added] = it.editor.selected;
  expect(added).toMatchObject({
    kind: 'process',
    name: 'Process',
    position: { x: 150, y: 450 },
    size: { width: 100, height: 100 },
  });
  expect(it.editor.naming).toBe(added?.id);
  expect(it.editor.tool).toBe('select');
  expect(it.steps()).toEqual(['Add process']);
  it.editor.undo();
  expect(it.editor.cells.length).toBe(5);
});

test('with shift, or pinned, the tool stays', () => {
  const it = hand();
  it.editor.tool = 'actor';
  it.click(NOWHERE, [200, 500], { shiftKey: true });
  expect(it.editor.tool).toBe('actor');
  it.editor.pinned = true;
  it.click(NOWHERE, [500, 500]);
  expect(it.editor.tool).toBe('actor');
  it.editor.pinned = false;
  it.click(NOWHERE, [500, 700]);
  expect(it.editor.tool).toBe('select');
});

test('a drag with a tool gives the size', () => {
  const it = hand();
  it.editor.tool = 'boundary-box';
  it.drag(NOWHERE, [703, 704], [401, 299]);
  expect(it.editor.selected[0]).toMatchObject({ position: { x: 400, y: 300 }, size: { width: 300, height: 400 } });
});

test('Escape leaves nothing behind', () => {
  const it = hand();
  const before = it.editor.document;
  it.editor.tool = 'store';
  it.hold(NOWHERE, [400, 300], [500, 500]);
  it.pointer.key({ key: 'Escape' });
  expect(it.editor.document).toBe(before);
});

test('from the stencil it comes in over the canvas, and elsewhere it is not there', () => {
  const it = hand();
  const before = it.editor.document;
  const brought = bring(it.editor, 'store');
  brought.move(pressAt([500, 500]));
  expect(it.editor.cells.length).toBe(6);
  brought.move(pressAt([-20, 500]));
  expect(it.editor.cells.length).toBe(5);
  brought.drop(pressAt([-20, 500]));
  expect(it.editor.document).toBe(before);
  expect(it.editor.busy).toBe(false);
  bring(it.editor, 'store').drop(pressAt([500, 500]));
  expect(it.editor.selected[0]?.kind).toBe('store');
});

test('a flow from the stencil lies where it is let go, and begins at an element that is there', () => {
  const it = hand();
  bring(it.editor, 'flow').drop(pressAt([500, 500]));
  expect(it.editor.selected[0]).toMatchObject({ kind: 'flow', source: { x: 420, y: 500 }, target: { x: 580, y: 500 } });
  const second = bring(it.editor, 'flow');
  second.move(pressAt([640, 150]));
  expect(it.editor.traces.target).toBe('store');
  second.drop(pressAt([640, 150]));
  expect(it.editor.selected[0]).toMatchObject({ source: { cell: 'store' }, target: { x: 780, y: 150 } });
  bring(it.editor, 'boundary-curve').drop(pressAt([500, -5]));
  expect(it.steps()).toEqual(['Add flow', 'Add flow']);
});

test('put on a flow it splits it: the first half keeps what it was', () => {
  const it = hand();
  it.editor.do('Prepare', [
    {
      type: 'setVertices',
      diagram: 0,
      cell: 'flow',
      vertices: [
        { x: 140, y: 150 },
        { x: 260, y: 150 },
      ],
    },
    { type: 'setCellField', diagram: 0, cell: 'flow', key: 'isEncrypted', value: true },
    { type: 'setCellField', diagram: 0, cell: 'flow', key: 'protocol', value: 'HTTPS' },
    { type: 'setRoute', diagram: 0, cell: 'flow', route: 'straight' },
  ]);
  it.editor.tool = 'process';
  it.click(on('flow'), [200, 152]);
  const [node] = it.editor.selected;
  const second = it.editor.cells.find((cell) => cell.kind === 'flow' && cell.id !== 'flow');
  expect(it.cell('flow')).toMatchObject({
    name: 'Order',
    source: { cell: 'browser' },
    target: { cell: node?.id },
    vertices: [{ x: 140, y: 150 }],
  });
  expect(second).toMatchObject({
    source: { cell: node?.id },
    target: { cell: 'api' },
    vertices: [{ x: 260, y: 150 }],
    route: 'straight',
  });
  expect([second?.flag('isEncrypted'), second?.words('protocol')]).toEqual([true, 'HTTPS']);
  it.editor.undo();
  expect(it.cell('flow').target).toEqual({ cell: 'api' });
});

test('a text on a flow leaves it alone', () => {
  const it = hand();
  it.editor.tool = 'text';
  it.click(on('flow'), [200, 152]);
  expect(it.cell('flow').target).toEqual({ cell: 'api' });
});
