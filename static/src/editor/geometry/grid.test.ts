import { expect, test } from 'vitest';
import { onGrid } from './grid.ts';

test('the nearest point of the grid', () => {
  expect(onGrid({ x: 14, y: -16 })).toEqual({ x: 10, y: -20 });
  expect(onGrid({ x: -4, y: 5 })).toEqual({ x: 0, y: 10 });
});
