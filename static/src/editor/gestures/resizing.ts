/// Sizes that a pull at one of the eight handles gives.
import { centre, type Box } from '../geometry/box.ts';
import { turned } from '../geometry/point.ts';
import type { Point } from '../../model/views.ts';

/** By compass: `nw` is the upper left corner. */
export const HANDLES = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'] as const;
export type Handle = (typeof HANDLES)[number];

/** No element becomes smaller. */
export const LEAST = 20;

export function handleOf(word: string): Handle | undefined {
  return HANDLES.find((handle) => handle === word);
}

/** -1 for the left or upper side, 1 for the right or lower one, 0 where the handle does not pull. */
export function sidesOf(handle: Handle): Point {
  return {
    x: handle.includes('w') ? -1 : handle.includes('e') ? 1 : 0,
    y: handle.includes('n') ? -1 : handle.includes('s') ? 1 : 0,
  };
}

/** Where a handle is on a box, before it is turned. */
export function handlePoint(box: Box, handle: Handle): Point {
  const sides = sidesOf(handle);
  const middle = centre(box);
  return { x: middle.x + (sides.x * box.width) / 2, y: middle.y + (sides.y * box.height) / 2 };
}

export interface Pull {
  readonly handle: Handle;
  /** How far the pointer has gone, in the diagram. */
  readonly by: Point;
  /** Keep the proportions. */
  readonly aspect: boolean;
  /** Keep the middle where it is, instead of the opposite side. */
  readonly fromCentre: boolean;
}

/** The box after a pull. What is not pulled stays where it is on the screen, for turned boxes too. */
export function resized(box: Box, angle: number, pull: Pull): Box {
  const sides = sidesOf(pull.handle);
  const by = turned(pull.by, { x: 0, y: 0 }, -angle);
  const times = pull.fromCentre ? 2 : 1;
  let width = Math.max(LEAST, box.width + sides.x * by.x * times);
  let height = Math.max(LEAST, box.height + sides.y * by.y * times);
  if (pull.aspect && box.width > 0 && box.height > 0) {
    const factor = factorOf(sides, width / box.width, height / box.height);
    const least = Math.max(factor, LEAST / box.width, LEAST / box.height);
    width = box.width * least;
    height = box.height * least;
  }
  const middle = centre(box);
  if (pull.fromCentre) return around(middle, width, height);
  const grown = { x: (sides.x * (width - box.width)) / 2, y: (sides.y * (height - box.height)) / 2 };
  const shift = turned(grown, { x: 0, y: 0 }, angle);
  return around({ x: middle.x + shift.x, y: middle.y + shift.y }, width, height);
}

/** A corner follows the larger change, a side its own. */
function factorOf(sides: Point, across: number, down: number): number {
  if (sides.x === 0) return down;
  if (sides.y === 0) return across;
  return Math.abs(across - 1) >= Math.abs(down - 1) ? across : down;
}

function around(middle: Point, width: number, height: number): Box {
  return { x: middle.x - width / 2, y: middle.y - height / 2, width, height };
}

/** The direction from the middle to a point: 0 is up, 90 to the right. */
export function directionTo(middle: Point, point: Point): number {
  return (Math.atan2(point.y - middle.y, point.x - middle.x) * 180) / Math.PI + 90;
}

/** A whole angle from 0 up to 360, or one of every 15 degrees. */
export function tidyAngle(degrees: number, steps: boolean): number {
  const step = steps ? 15 : 1;
  return (((Math.round(degrees / step) * step) % 360) + 360) % 360;
}
