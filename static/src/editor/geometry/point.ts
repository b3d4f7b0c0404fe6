/// Points of a diagram: x to the right, y down, angles in degrees clockwise.

import type { Point } from '../../model/views.ts';

export type { Point };

/** By the plain root: a diagram is too small for it to overflow, and it is many times faster than `hypot`. */
export function distance(a: Point, b: Point): number {
  const x = a.x - b.x;
  const y = a.y - b.y;
  return Math.sqrt(x * x + y * y);
}

/** Without the dust that calculating leaves behind the comma. */
export function tidy(value: number, places: number): number {
  return Number(value.toFixed(places));
}

/** The point a part `t` of the way from `a` to `b`. */
export function between(a: Point, b: Point, t: number): Point {
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
}

/** The point at `length` from `a` in the direction of `b`; `a` itself when they are the same point. */
export function towards(a: Point, b: Point, length: number): Point {
  const whole = distance(a, b);
  return whole === 0 ? a : between(a, b, length / whole);
}

/** `point` turned clockwise around `centre`. */
export function turned(point: Point, centre: Point, degrees: number): Point {
  if (degrees === 0) return point;
  const angle = (degrees * Math.PI) / 180;
  const x = point.x - centre.x;
  const y = point.y - centre.y;
  return {
    x: centre.x + x * Math.cos(angle) - y * Math.sin(angle),
    y: centre.y + x * Math.sin(angle) + y * Math.cos(angle),
  };
}

/** Whether both are at the same place, or both are none. */
export function isSame(a: Point | undefined, b: Point | undefined): boolean {
  return a?.x === b?.x && a?.y === b?.y;
}
