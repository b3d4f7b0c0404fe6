/// Where on the screen a flow crosses trust boundaries.
import type { CellView, Point } from '../../model/views.ts';
import { boxOf, holds, type Box } from '../geometry/box.ts';
import { crossing } from '../geometry/outline.ts';
import type { Path } from '../geometry/path.ts';
import { somePieces } from '../geometry/pieces.ts';
import type { Placed } from './scene.ts';

/** How finely it is tried how far a label reaches. */
const STEP = 2;

/** Where a flow meets the line of a boundary: the border of a box, or a curve. */
export function crossingPoints(flow: Path, boundary: Placed): Point[] {
  const { cell, figure } = boundary;
  if (figure.flow) return meetings(flow, figure.flow.path);
  const { points } = flow;
  return points.slice(1).flatMap((to, index) => onBorder(cell, points[index] ?? to, to));
}

/** A mark that would lie on a label is drawn where the flow comes out of the label, on the nearer side. */
export function besideLabel(point: Point, flow: Path, label: Box): Point {
  if (!holds(label, point)) return point;
  const { distance } = flow.nearest(point);
  for (let by = STEP; by < flow.length; by += STEP) {
    const free = [distance - by, distance + by].map((along) => flow.at(along)).find((each) => !holds(label, each));
    if (free) return free;
  }
  return point;
}

function onBorder(cell: CellView, from: Point, to: Point): Point[] {
  const box = boxOf(cell);
  if (box === null) return [];
  // It is found where a piece enters; a piece that leaves enters when it is gone backwards.
  const points = [crossing('rounded', box, cell.angle, from, to), crossing('rounded', box, cell.angle, to, from)];
  return points.filter((point) => point !== null);
}

function meetings(flow: Path, curve: Path): Point[] {
  const found: Point[] = [];
  somePieces(flow, curve, (...ends) => {
    const point = meeting(...ends);
    if (point) found.push(point);
    return false;
  });
  return found;
}

/** The point that two straight pieces share; null when they are apart or run side by side. */
function meeting(a: Point, b: Point, c: Point, d: Point): Point | null {
  const across = (b.x - a.x) * (d.y - c.y) - (b.y - a.y) * (d.x - c.x);
  if (across === 0) return null;
  const t = ((c.x - a.x) * (d.y - c.y) - (c.y - a.y) * (d.x - c.x)) / across;
  const u = ((c.x - a.x) * (b.y - a.y) - (c.y - a.y) * (b.x - a.x)) / across;
  const within = t >= 0 && t < 1 && u >= 0 && u < 1;
  return within ? { x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) } : null;
}
