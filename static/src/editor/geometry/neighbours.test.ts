import { describe, expect, test } from 'vitest';
import { flowsAt, middleOf, neighbour } from './neighbours.ts';
import { cellOf, diagramOf } from './vectors.ts';

const element = (id: string, x: number, y: number) => ({
  id,
  shape: 'actor',
  position: { x, y },
  size: { width: 100, height: 50 },
});
const flow = (id: string, source: string, target: string) => ({
  id,
  shape: 'flow',
  source: { cell: source },
  target: { cell: target },
});

const diagram = diagramOf([
  element('a', 0, 0),
  element('right', 300, 20),
  element('far', 800, 0),
  element('above', 320, -400),
  element('below', 10, 200),
  flow('f', 'a', 'right'),
  flow('g', 'below', 'a'),
  flow('h', 'right', 'below'),
  flow('loop', 'a', 'a'),
]);
const elements = diagram.cells.filter((cell) => !cell.isEdge);

describe('moving without a pointer', () => {
  test.each([
    ['a', 'right', 'right'],
    ['right', 'right', 'far'],
    ['right', 'left', 'a'],
    ['a', 'down', 'below'],
    ['right', 'up', 'above'],
    ['a', 'left', undefined],
    ['above', 'up', undefined],
  ] as const)('from %s to the %s: %s', (from, direction, to) => {
    expect(neighbour(cellOf(diagram, from), direction, elements, diagram)?.id).toBe(to);
  });

  test('along the flows that leave, then those that come', () => {
    expect(flowsAt(cellOf(diagram, 'a'), diagram).map(({ id }) => id)).toEqual(['f', 'loop', 'g']);
  });

  test('the middle of a flow is on its way', () => {
    expect(middleOf(cellOf(diagram, 'f'), diagram)).toEqual({ x: 200, y: 35 });
  });
});
