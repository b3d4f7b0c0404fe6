import { expect, test } from 'vitest';
import { gridStep } from './grid.ts';

test.each([
  [4, 10],
  [1, 10],
  [0.5, 20],
  [0.1, 160],
])('at a zoom of %d dots are %d apart in the diagram, and never crowd', (zoom, step) => {
  expect(gridStep(zoom)).toBe(step);
  expect(gridStep(zoom) * zoom).toBeGreaterThanOrEqual(9);
});
