/// The four directions, as steps.
import type { Direction } from '../geometry/neighbours.ts';
import type { Point } from '../geometry/point.ts';

export type { Direction };

export const STEPS: Readonly<Record<Direction, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};
