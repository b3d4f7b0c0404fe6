/// How far apart the dots of the grid are.
import { GRID } from '../geometry/grid.ts';

/** Dots nearer than this on the screen would be a grey ground. */
const NEAREST = 9;

/** From dot to dot at a zoom: the grid's own step or a multiple of it. */
export function gridStep(zoom: number): number {
  let step = GRID;
  while (step * zoom < NEAREST) step *= 2;
  return step;
}
