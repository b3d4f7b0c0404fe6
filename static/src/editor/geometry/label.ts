/// Where the label of a flow or of a boundary curve stands.
import type { Path } from './path.ts';
import type { Point } from './point.ts';

/** Aside of the path (positive: to the right of the direction of travel), or by so much in x and y. */
export type LabelOffset = number | Point;

/**
 * The middle of a label. `distance` up to 1 is a part of the path, above 1 a length from its start,
 * below 0 a length from its end.
 */
export function labelPoint(path: Path, distance: number, offset: LabelOffset = 0): Point {
  const along = alongOf(path, distance);
  const point = path.at(along);
  if (offset === 0) return point;
  if (typeof offset !== 'number') return { x: point.x + offset.x, y: point.y + offset.y };
  const direction = path.direction(along);
  return { x: point.x - direction.y * offset, y: point.y + direction.x * offset };
}

/** The part of the path (above 0, up to 1) at which it is nearest to a point: where a label that is dragged goes. */
export function distanceOf(path: Path, point: Point): number {
  if (path.length === 0) return 0.5;
  const part = path.nearest(point).distance / path.length;
  return Math.max(Math.round(part * 1000) / 1000, 0.001);
}

function alongOf(path: Path, distance: number): number {
  if (distance < 0) return path.length + distance;
  return distance <= 1 ? distance * path.length : distance;
}
