import { expect, test } from 'vitest';
import { newEdge } from '../../model/new-cell.ts';
import { labelPlace } from './course.ts';
import { smooth } from '../geometry/spline.ts';
import { hand, on } from './testing.ts';

test('an end is dragged to another element, or to a point', () => {
  const it = hand();
  it.drag(on('flow', 'end', 'target'), [300, 150], [640, 150]);
  expect(it.cell('flow').target).toEqual({ cell: 'store' });
  it.drag(on('flow', 'end', 'source'), [100, 150], [203, 497]);
  expect(it.cell('flow').source).toEqual({ x: 200, y: 500 });
  expect(it.steps()).toEqual(['Reconnect Order', 'Reconnect Order']);
});

test('an end that slips a little stays where it is tied', () => {
  const it = hand();
  it.drag(on('flow', 'end', 'target'), [278, 150], [270, 156]);
  expect(it.cell('flow').target).toEqual({ cell: 'api' });
  expect(it.steps()).toEqual([]);
});

test('dragging the line gives it a vertex where it was taken, in the order of the way', () => {
  const it = hand();
  it.drag(on('flow'), [240, 150], [240, 293]);
  expect(it.cell('flow').vertices).toEqual([{ x: 240, y: 290 }]);
  it.drag(on('flow', 'segment', '0'), [130, 160], [130, 343]);
  expect(it.cell('flow').vertices).toEqual([
    { x: 130, y: 340 },
    { x: 240, y: 290 },
  ]);
  expect(it.steps()).toEqual(['Bend Order', 'Bend Order']);
});

test('a vertex is moved; on its neighbour it is removed, and by a double click', () => {
  const it = hand();
  const vertices = [
    { x: 150, y: 300 },
    { x: 250, y: 300 },
  ];
  it.editor.do('Bend', [{ type: 'setVertices', diagram: 0, cell: 'flow', vertices }]);
  it.drag(on('flow', 'vertex', '0'), [150, 300], [152, 389]);
  expect(it.cell('flow').vertices[0]).toEqual({ x: 150, y: 390 });
  it.drag(on('flow', 'vertex', '0'), [150, 390], [245, 303]);
  expect(it.cell('flow').vertices).toEqual([{ x: 250, y: 300 }]);
  it.pointer.double({ clientX: 250, clientY: 300 }, on('flow', 'vertex', '0'));
  expect(it.cell('flow').vertices).toEqual([]);
});

test('a curve that hangs on nothing is moved as a whole, and bent when it is selected', () => {
  const it = hand();
  const ends = { source: { x: 800, y: 300 }, target: { x: 800, y: 600 } };
  it.editor.do('Draw', [{ type: 'addCell', diagram: 0, cell: newEdge('boundary-curve', 'curve', 'Edge', ends) }]);
  it.drag(on('curve'), [800, 450], [843, 450]);
  expect(it.cell('curve')).toMatchObject({ source: { x: 840, y: 300 }, target: { x: 840, y: 600 }, vertices: [] });
  it.drag(on('curve'), [840, 450], [903, 450]);
  expect(it.cell('curve').vertices).toEqual([{ x: 900, y: 450 }]);
});

test('one of many is moved with them', () => {
  const it = hand();
  it.editor.selection.only('browser', 'api', 'flow');
  it.drag(on('flow', 'label'), [200, 150], [200, 450]);
  expect(it.cell('browser').position?.y).toBe(400);
  expect(it.cell('flow').vertices).toEqual([]);
});

test('a label is dragged along the way, further off it stays beside it', () => {
  const it = hand();
  it.drag(on('flow', 'label'), [200, 150], [250, 155]);
  expect(it.cell('flow').label).toMatchObject({ distance: 0.75, offset: 0 });
  it.drag(on('flow', 'label'), [250, 150], [250, 190]);
  expect(it.cell('flow').label).toMatchObject({ distance: 0.75, offset: 40 });
  it.drag(on('flow', 'label'), [250, 190], [250, 152]);
  expect(it.cell('flow').label.offset).toBe(0);
});

test('the place of a label leads back to it', () => {
  const path = smooth([
    { x: 0, y: 0 },
    { x: 100, y: 0 },
  ]);
  expect(labelPlace(path, { x: 25, y: -30 })).toEqual({ distance: 0.25, offset: -30 });
});

test('what is locked keeps its course', () => {
  const it = hand();
  it.editor.do('Lock', [{ type: 'lockCell', diagram: 0, cell: 'flow', locked: true }]);
  it.drag(on('flow'), [240, 150], [240, 293]);
  it.drag(on('flow', 'end', 'target'), [300, 150], [640, 150]);
  it.drag(on('flow', 'label'), [200, 150], [250, 155]);
  expect(it.steps()).toEqual(['Lock']);
});
