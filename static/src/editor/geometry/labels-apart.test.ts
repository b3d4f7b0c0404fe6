import { expect, test } from 'vitest';
import { figureOf } from '../figure/figure.ts';
import { overlaps } from './box.ts';
import { labelShifted } from './labels-apart.ts';
import { cellOf, diagramOf } from './vectors.ts';

const node = (id: string, x: number, y: number) => ({
  id,
  shape: 'process',
  position: { x, y },
  size: { width: 80, height: 80 },
});

function flow(id: string, source: string, target: string, text: string, position: object | number = 0.5) {
  const labels = [{ attrs: { label: { text } }, position }];
  return { id, shape: 'flow', source: { cell: source }, target: { cell: target }, connector: 'smooth', labels };
}

function labels(...cells: { id: string; shape: string }[]) {
  const diagram = diagramOf(cells);
  const flows = cells.filter(({ shape }) => shape === 'flow').map(({ id }) => cellOf(diagram, id));
  return flows.map((cell) => ({ box: figureOf(cell, diagram).label, shifted: labelShifted(cell, diagram) }));
}

function meet([first, second]: ReturnType<typeof labels>): boolean {
  if (!first?.box || !second?.box) throw new Error('both have a label');
  return overlaps(first.box, second.box);
}

test('labels of flows side by side are drawn below each other', () => {
  const found = labels(
    node('a', 0, 0),
    node('b', 0, 240),
    flow('f', 'a', 'b', 'Order placed'),
    flow('g', 'b', 'a', 'Receipt sent'),
  );
  expect(meet(found)).toBe(false);
  expect(found.map(({ shifted }) => shifted === undefined)).toEqual([true, false]);
});

test('labels of flows below each other are drawn apart when they have several lines', () => {
  const found = labels(
    node('a', 0, 0),
    node('b', 300, 0),
    flow('f', 'a', 'b', 'Order placed\nwith all goods\nand more'),
    flow('g', 'b', 'a', 'Receipt sent\nwith the bill\nand more'),
  );
  expect(meet(found)).toBe(false);
});

test('what does not meet stays where it is', () => {
  const found = labels(
    node('a', 0, 0),
    node('b', 300, 0),
    flow('f', 'a', 'b', 'Order'),
    flow('g', 'b', 'a', 'Receipt'),
  );
  expect(found.every(({ shifted }) => shifted === undefined)).toBe(true);
});

test('a label that somebody has placed stays, the others make room', () => {
  const found = labels(
    node('a', 0, 0),
    node('b', 0, 240),
    flow('f', 'a', 'b', 'Order placed'),
    flow('g', 'b', 'a', 'Receipt sent', { distance: 0.49 }),
  );
  expect(meet(found)).toBe(false);
  expect(found.map(({ shifted }) => shifted === undefined)).toEqual([false, true]);
});
