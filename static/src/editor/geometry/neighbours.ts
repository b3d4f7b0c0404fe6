/// Moving from element to element without a pointer: to the nearest in a direction, or along flows.
import { isCellEnd, type CellView, type DiagramView } from '../../model/views.ts';
import { centre } from './box.ts';
import { flowPath } from './flow.ts';
import { boundsOf } from './place.ts';
import type { Point } from './point.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/** The middle of an element, or of the way of a flow. */
export function middleOf(cell: CellView, diagram: DiagramView): Point {
  if (cell.isEdge) {
    const { path } = flowPath(cell, diagram);
    return path.at(path.length / 2);
  }
  const box = boundsOf(cell);
  return box === null ? { x: 0, y: 0 } : centre(box);
}

/** The nearest of `cells` in a direction: what is far aside counts as further away. */
export function neighbour(
  cell: CellView,
  direction: Direction,
  cells: readonly CellView[],
  diagram: DiagramView,
): CellView | null {
  const from = middleOf(cell, diagram);
  let best: CellView | null = null;
  let least = Infinity;
  for (const other of cells) {
    if (other === cell) continue;
    const [ahead, aside] = seen(from, middleOf(other, diagram), direction);
    if (ahead <= 0 || aside > 2 * ahead) continue;
    const cost = ahead + 2 * aside;
    if (cost >= least) continue;
    best = other;
    least = cost;
  }
  return best;
}

/** The flows at an element: those that leave it, then those that come, as in the file. */
export function flowsAt(cell: CellView, diagram: DiagramView): CellView[] {
  const flows = diagram.cells.filter((each) => each.isEdge);
  const leaving = flows.filter((flow) => isCellEnd(flow.source) && flow.source.cell === cell.id);
  const coming = flows.filter(
    (flow) => isCellEnd(flow.target) && flow.target.cell === cell.id && !leaving.includes(flow),
  );
  return [...leaving, ...coming];
}

/** How far ahead and how far aside a point is. */
function seen(from: Point, to: Point, direction: Direction): [number, number] {
  const x = to.x - from.x;
  const y = to.y - from.y;
  switch (direction) {
    case 'left':
      return [-x, Math.abs(y)];
    case 'right':
      return [x, Math.abs(y)];
    case 'up':
      return [-y, Math.abs(x)];
    case 'down':
      return [y, Math.abs(x)];
  }
}
