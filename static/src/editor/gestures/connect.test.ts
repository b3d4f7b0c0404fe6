import { expect, test } from 'vitest';
import { cloneBeside } from './clone.ts';
import { NOWHERE } from './hit.ts';
import { hand, on, pressAt } from './testing.ts';

type It = ReturnType<typeof hand>;
const drawnFlow = ({ editor }: It) => editor.cells.find((cell) => cell.kind === 'flow' && cell.id !== 'flow');

test('a drag from a port to an element connects them', () => {
  const it = hand();
  it.drag(on('api', 'port', 'right'), [400, 150], [620, 150]);
  expect(drawnFlow(it)).toMatchObject({ source: { cell: 'api' }, target: { cell: 'store' }, zIndex: 10 });
  expect(it.steps()).toEqual(['Connect API to Orders']);
  expect(it.editor.naming).toBe(drawnFlow(it)?.id);
});

test('on its way it shows what it would meet, and Escape calls it off', () => {
  const it = hand();
  it.hold(on('api', 'port', 'right'), [400, 150], [620, 150]);
  expect(it.editor.traces.target).toBe('store');
  it.pointer.key({ key: 'Escape' });
  expect(drawnFlow(it)).toBeUndefined();
  expect(it.editor.traces.target).toBeNull();
});

test('let go over the empty canvas it asks what to put there', () => {
  const it = hand();
  it.drag(on('api', 'port', 'bottom'), [350, 200], [350, 500]);
  const { panel } = it.editor;
  if (panel?.name !== 'add' || !panel.question) throw new Error('nothing is asked');
  expect(panel.question.kinds[0]).toBe('process');
  panel.question.answer('store');
  const added = it.editor.cells.find((cell) => cell.name === 'Store');
  expect(added?.position).toEqual({ x: 280, y: 460 });
  expect(drawnFlow(it)?.target).toEqual({ cell: added?.id });
  expect(it.steps()).toEqual(['Connect API to a new store']);
});

test('no answer is no flow, with ctrl it ends freely', () => {
  const it = hand();
  const before = it.editor.document;
  it.drag(on('api', 'port', 'bottom'), [350, 200], [350, 500]);
  const { panel } = it.editor;
  if (panel?.name === 'add') panel.question?.answer(null);
  expect(it.editor.document).toBe(before);
  expect(it.editor.busy).toBe(false);
  it.drag(on('api', 'port', 'bottom'), [350, 200], [350, 500], { ctrlKey: true });
  expect(drawnFlow(it)?.target).toEqual({ x: 350, y: 500 });
});

test('the flow tool draws by drag, or by click and click', () => {
  const it = hand();
  it.editor.tool = 'flow';
  it.drag(on('api'), [350, 150], [640, 150]);
  expect(drawnFlow(it)?.target).toEqual({ cell: 'store' });
  it.editor.undo();
  it.editor.tool = 'flow';
  it.click(on('browser'), [50, 150]);
  it.click(on('browser'), [51, 150]);
  expect(it.pointer.dragging).toBe(true);
  it.pointer.move(pressAt([300, 300]));
  it.click(on('store'), [640, 150]);
  expect(drawnFlow(it)).toMatchObject({ source: { cell: 'browser' }, target: { cell: 'store' } });
  expect(it.editor.tool).toBe('select');
});

test('a flow comes back to its own element once it has left it', () => {
  const it = hand();
  it.pointer.down(pressAt([400, 150]), on('api', 'port', 'right'));
  it.pointer.move(pressAt([380, 150]));
  expect(drawnFlow(it)?.target).toEqual({ x: 380, y: 150 });
  it.pointer.move(pressAt([450, 50]));
  it.pointer.move(pressAt([350, 150]));
  it.pointer.up(pressAt([350, 150]));
  expect(drawnFlow(it)).toMatchObject({ source: { cell: 'api' }, target: { cell: 'api' } });
});

test('a boundary curve goes from point to point, by drag and by clicks', () => {
  const it = hand();
  it.editor.tool = 'boundary-curve';
  it.drag(NOWHERE, [203, 301], [207, 598]);
  expect(it.editor.selected[0]).toMatchObject({
    kind: 'boundary-curve',
    source: { x: 200, y: 300 },
    target: { x: 210, y: 600 },
  });
  expect(it.editor.naming).toBe(it.editor.selected[0]?.id);
  it.editor.tool = 'boundary-curve';
  it.click(NOWHERE, [500, 300]);
  it.click(NOWHERE, [500, 600]);
  expect(it.editor.selected[0]).toMatchObject({ kind: 'boundary-curve', target: { x: 500, y: 600 } });
});

test('a click on an arrow puts another one beside it, where nothing stands', () => {
  const it = hand();
  it.click(on('browser', 'arrow', 'bottom'), [50, 225]);
  const [added] = it.editor.selected;
  expect(added).toMatchObject({ kind: 'actor', position: { x: 0, y: 300 }, size: { width: 100, height: 100 } });
  expect(drawnFlow(it)).toMatchObject({ source: { cell: 'browser' }, target: { cell: added?.id } });
  cloneBeside(it.editor, it.cell('browser'), 'bottom');
  expect(it.editor.selected[0]?.position).toEqual({ x: 0, y: 500 });
});

test('a port of the file is taken when the flow ends at it', () => {
  const it = hand();
  const ports = {
    items: [
      { group: 'left', id: 'p1' },
      { group: 'top', id: 'p2' },
    ],
  };
  const box = { position: { x: 300, y: 400 }, size: { width: 100, height: 100 } };
  it.editor.do('Add', [{ type: 'addCell', diagram: 0, cell: { id: 'api2', shape: 'process', ...box, ports } }]);
  it.drag(on('browser', 'port', 'right'), [100, 150], [304, 452]);
  expect(drawnFlow(it)?.target).toEqual({ cell: 'api2', port: 'p1' });
  it.editor.undo();
  it.drag(on('browser', 'port', 'right'), [100, 150], [350, 450]);
  expect(drawnFlow(it)?.target).toEqual({ cell: 'api2' });
});
