/// Where there is room for a new element.
import type { CellView, Size } from '../../model/views.ts';
import { boxOf, contains, grow, overlaps, type Box } from '../geometry/box.ts';
import { onGrid } from '../geometry/grid.ts';
import type { Point } from '../geometry/point.ts';

/** Between neighbours, so that a flow's name has room. */
const GAP = 120;
/** What must stay free around an element. */
const AIR = 20;
/** How many rings of places are tried around the first, and how far they are from each other. */
const RINGS = 40;
const RING = 40;

/** The upper left corner: beside another element (to its right, if there is room). */
export function besideBox(box: Box, size: Size, cells: readonly CellView[]): Point {
  const y = box.y + (box.height - size.height) / 2;
  const x = box.x + (box.width - size.width) / 2;
  const right = onGrid({ x: box.x + box.width + GAP, y });
  const others = [
    { x, y: box.y + box.height + GAP },
    { x: box.x - GAP - size.width, y },
    { x, y: box.y - GAP - size.height },
  ].map(onGrid);
  return [right, ...others].find((place) => isFree({ ...place, ...size }, cells)) ?? nearest(right, size, cells);
}

/** The upper left corner: with its middle as near to a point as there is room. */
export function aroundPoint(point: Point, size: Size, cells: readonly CellView[]): Point {
  return nearest(onGrid({ x: point.x - size.width / 2, y: point.y - size.height / 2 }), size, cells);
}

function nearest(start: Point, size: Size, cells: readonly CellView[]): Point {
  for (let ring = 0; ring < RINGS; ring += 1) {
    const place = ringAround(start, ring).find((each) => isFree({ ...each, ...size }, cells));
    if (place) return place;
  }
  return start;
}

/** Places at the same distance, the one to the right first, then clockwise. */
function ringAround(start: Point, ring: number): Point[] {
  const count = Math.max(1, 8 * ring);
  return Array.from({ length: count }, (_, index) => {
    const turn = (index / count) * 2 * Math.PI;
    return onGrid({ x: start.x + ring * RING * Math.cos(turn), y: start.y + ring * RING * Math.sin(turn) });
  });
}

/** Nothing stands there, and no boundary goes through it. */
function isFree(place: Box, cells: readonly CellView[]): boolean {
  const wanted = grow(place, AIR);
  return cells.every((cell) => {
    const box = boxOf(cell);
    if (!box || !overlaps(box, wanted)) return true;
    return cell.kind === 'boundary-box' && contains(box, wanted);
  });
}
