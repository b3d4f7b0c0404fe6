/// Moving elements by different ways at once: what stands in a boundary goes along with it, unless it is
/// moved itself.
import type { Operation } from '../../model/operation.ts';
import type { CellView, DiagramView, Point } from '../../model/views.ts';
import { contents } from '../geometry/place.ts';
import { movingOf } from '../gestures/moving.ts';

/** How far each cell is to move. */
export function shifted(diagram: DiagramView, wanted: ReadonlyMap<CellView, Point>): Operation[] {
  const all = new Map(wanted);
  for (const [cell, by] of largestFirst(wanted)) {
    for (const inner of contents(cell, diagram)) if (!wanted.has(inner)) all.set(inner, by);
  }
  const groups = new Map<string, { by: Point; cells: CellView[] }>();
  for (const [cell, by] of all) {
    const group = groups.get(`${by.x} ${by.y}`) ?? { by, cells: [] };
    group.cells.push(cell);
    groups.set(`${by.x} ${by.y}`, group);
  }
  return [...groups.values()]
    .filter(({ by }) => by.x !== 0 || by.y !== 0)
    .flatMap(({ by, cells }) => movingOf(diagram, cells, false).by(by.x, by.y));
}

/** So that what stands in several goes with the smallest. */
function largestFirst(wanted: ReadonlyMap<CellView, Point>): (readonly [CellView, Point])[] {
  const area = ({ size }: CellView) => (size?.width ?? 0) * (size?.height ?? 0);
  return [...wanted].filter(([cell]) => !cell.locked).toSorted(([a], [b]) => area(b) - area(a));
}
