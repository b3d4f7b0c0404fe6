/// The grid on which elements stand.
import type { Point } from './point.ts';

/** Its step, in diagram pixels. */
export const GRID = 10;

/** The nearest point of the grid. */
export function onGrid({ x, y }: Point): Point {
  return { x: nearest(x), y: nearest(y) };
}

function nearest(value: number): number {
  // Without the addition, small negative numbers would become -0.
  return Math.round(value / GRID) * GRID + 0;
}
