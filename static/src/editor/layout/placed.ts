/// From places that were found to operations on the diagram.
import type { Operation } from '../../model/operation.ts';
import { isCellEnd, type CellView, type DiagramView, type Point } from '../../model/views.ts';
import { boxOf, centre, union, type Box } from '../geometry/box.ts';
import { boundsOf } from '../geometry/place.ts';

/** What brings the cells to their boxes, with the upper left corner of all where it was. */
export function placed(diagram: DiagramView, cells: readonly CellView[], boxes: ReadonlyMap<string, Box>): Operation[] {
  const before = union(cells.flatMap((cell) => boundsOf(cell) ?? []));
  const after = union(boxes.values());
  if (!before || !after) return [];
  const by = { x: Math.round(before.x - after.x), y: Math.round(before.y - after.y) };
  const moves = cells.flatMap((cell) => {
    const box = boxes.get(cell.id);
    return box ? to(diagram, cell, { ...box, x: box.x + by.x, y: box.y + by.y }) : [];
  });
  return [...moves, ...unbent(diagram, new Set(boxes.keys()))];
}

function to(diagram: DiagramView, cell: CellView, bounds: Box): Operation[] {
  const own = boxOf(cell);
  const now = boundsOf(cell);
  if (!own || !now) return [];
  const at = { diagram: diagram.id ?? 0, cell: cell.id };
  const isSized = Math.abs(now.width - bounds.width) < 1 && Math.abs(now.height - bounds.height) < 1;
  const middle = centre(bounds);
  const { x, y } = corner(middle, own);
  if (isSized) return x === own.x && y === own.y ? [] : [{ type: 'moveCell', ...at, x, y }];
  const [width, height] = [Math.round(bounds.width), Math.round(bounds.height)];
  return [{ type: 'resizeCell', ...at, ...corner(middle, { width, height }), width, height }];
}

function corner(middle: Point, size: { width: number; height: number }): Point {
  return { x: Math.round(middle.x - size.width / 2), y: Math.round(middle.y - size.height / 2) };
}

/** Flows at what has moved lose the vertices that led them through the old places. */
function unbent(diagram: DiagramView, ids: ReadonlySet<string>): Operation[] {
  const isAt = (cell: CellView) => [cell.source, cell.target].some((end) => isCellEnd(end) && ids.has(end.cell));
  return diagram.cells
    .filter((cell) => cell.isEdge && !cell.locked && cell.vertices.length > 0 && isAt(cell))
    .map((cell) => ({ type: 'setVertices', diagram: diagram.id ?? 0, cell: cell.id, vertices: [] }));
}
