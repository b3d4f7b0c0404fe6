/// What goes when elements are deleted: they, and the flows that would be left without an end.
import type { Operation } from '../../model/operation.ts';
import { isCellEnd, type CellView, type DiagramView, type End } from '../../model/views.ts';

export function removal(cells: readonly CellView[], view: DiagramView, diagram: number): Operation[] {
  const gone = new Set(cells.map((cell) => cell.id));
  const loses = (end: End) => isCellEnd(end) && gone.has(end.cell);
  const attached = view.cells.filter((cell) => cell.isEdge && (loses(cell.source) || loses(cell.target)));
  const ids = new Set([...gone, ...attached.map((cell) => cell.id)]);
  return [...ids].map((cell) => ({ type: 'removeCell', diagram, cell }));
}
