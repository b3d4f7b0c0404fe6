/// Upright boxes: where an element is, what holds what, what lies around several.
import type { CellView, Size } from '../../model/views.ts';
import type { Kind } from '../../model/vocabulary.ts';
import { turned, type Point } from './point.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How large an element is whose file says nothing, or nothing that can be drawn. */
const USUAL: Readonly<Record<Kind, Size>> = {
  actor: { width: 150, height: 80 },
  process: { width: 100, height: 100 },
  store: { width: 150, height: 75 },
  text: { width: 150, height: 80 },
  'boundary-box': { width: 500, height: 400 },
  'unknown-node': { width: 150, height: 80 },
  flow: { width: 0, height: 0 },
  'boundary-curve': { width: 0, height: 0 },
  'unknown-edge': { width: 0, height: 0 },
};

/** The box of an element before it is turned; null for what has no place, such as a flow. */
export function boxOf(cell: Pick<CellView, 'kind' | 'position' | 'size'>): Box | null {
  return cell.position === null ? null : { ...cell.position, ...sizeOf(cell) };
}

export function sizeOf({ kind, size }: Pick<CellView, 'kind' | 'size'>): Size {
  return size !== null && size.width > 0 && size.height > 0 ? size : USUAL[kind];
}

export function centre(box: Box): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** The smallest box around all points; null around none. */
export function around(points: Iterable<Point>): Box | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of points) {
    left = Math.min(left, x);
    top = Math.min(top, y);
    right = Math.max(right, x);
    bottom = Math.max(bottom, y);
  }
  return left > right ? null : { x: left, y: top, width: right - left, height: bottom - top };
}

/** The smallest box around all boxes; null around none. */
export function union(boxes: Iterable<Box>): Box | null {
  const corners: Point[] = [];
  for (const box of boxes) {
    corners.push({ x: box.x, y: box.y }, { x: box.x + box.width, y: box.y + box.height });
  }
  return around(corners);
}

/** Whether `inner` lies wholly in `outer`; a shared border still counts as in. */
export function contains(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  );
}

export function holds(box: Box, point: Point): boolean {
  return contains(box, { x: point.x, y: point.y, width: 0, height: 0 });
}

/** Whether the boxes share more than a border. */
export function overlaps(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** The box with `margin` more on each side. */
export function grow(box: Box, margin: number): Box {
  return {
    x: box.x - margin,
    y: box.y - margin,
    width: box.width + 2 * margin,
    height: box.height + 2 * margin,
  };
}

/** The upright box around a box turned about its centre. */
export function rotatedBounds(box: Box, angle: number): Box {
  if (angle === 0) return box;
  const middle = centre(box);
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  const corners = [
    { x: box.x, y: box.y },
    { x: right, y: box.y },
    { x: right, y: bottom },
    { x: box.x, y: bottom },
  ];
  return around(corners.map((corner) => turned(corner, middle, angle))) ?? box;
}
