import { expect, test } from 'vitest';
import { diagramOf } from '../geometry/vectors.ts';
import { backToFront } from './order.ts';

const cells = (...levels: (number | undefined)[]) =>
  diagramOf(levels.map((zIndex, index) => ({ id: `${index}`, zIndex }))).cells;

test('by level, then as in the file', () => {
  const drawn = backToFront(cells(2, -1, undefined, 2, 0));
  expect(drawn.map(({ id }) => id)).toEqual(['1', '2', '4', '0', '3']);
});

test('what is in order stays the same list', () => {
  const inOrder = cells(-1, 0, 0, 3);
  expect(backToFront(inOrder)).toBe(inOrder);
});
