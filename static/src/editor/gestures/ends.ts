/// What lies under a point: an element to connect, a port of it, a flow.
import { asText, at, get, items } from '../../model/json/node.ts';
import type { CellEnd, CellView, DiagramView, Point } from '../../model/views.ts';
import { boxOf, centre, grow, holds } from '../geometry/box.ts';
import { flowPath } from '../geometry/flow.ts';
import { distance, turned } from '../geometry/point.ts';
import { portPoint } from '../geometry/ports.ts';

/** How near a port must be, in pixels of the screen. */
const PORT_NEAR = 10;
/** How far around an element still counts as on it, and how near a flow must be. */
export const NEAR = 8;

/** Whether flows may begin and end there, for pointer and keyboard. */
export function canConnect(cell: CellView): boolean {
  return cell.kind === 'actor' || cell.kind === 'process' || cell.kind === 'store' || cell.kind === 'unknown-node';
}

/** The uppermost element at a point to which flows may go. */
export function nodeAt(cells: readonly CellView[], point: Point, margin: number): CellView | undefined {
  return cells.findLast((cell) => canConnect(cell) && isOn(cell, point, margin));
}

/** Whether a point is on an element or at most `margin` beside it. */
export function isOn(cell: CellView, point: Point, margin: number): boolean {
  const box = boxOf(cell);
  if (box === null) return false;
  const upright = turned(point, centre(box), -cell.angle);
  return holds(grow(box, margin), upright);
}

/** The end that a flow gets at an element: one of its ports when the point is near, else its middle. */
export function endOn(cell: CellView, point: Point, zoom: number): CellEnd {
  const ids = items(at(cell.node, 'ports', 'items')).flatMap((port) => asText(get(port, 'id')) ?? []);
  const port = ids.find((id) => {
    const place = portPoint(cell, id);
    return place !== null && distance(place, point) <= PORT_NEAR / zoom;
  });
  return port === undefined ? { cell: cell.id } : { cell: cell.id, port };
}

/** The flow nearest to a point, if one is near enough. */
export function flowAt(
  diagram: DiagramView,
  cells: readonly CellView[],
  point: Point,
  near: number,
): CellView | undefined {
  let [found, best]: [CellView | undefined, number] = [undefined, near];
  for (const cell of cells) {
    if (cell.kind !== 'flow' || cell.locked) continue;
    const { path } = flowPath(cell, diagram);
    if (path.bounds === null || !holds(grow(path.bounds, near), point)) continue;
    const { away } = path.nearest(point);
    if (away <= best) [found, best] = [cell, away];
  }
  return found;
}
