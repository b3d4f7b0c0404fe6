/// Flows and what they connect.
import { isCellEnd, type CellView } from '../../model/views.ts';

/** The cells at which a flow ends. */
export function endsOf(flow: CellView): string[] {
  return [flow.source, flow.target].flatMap((end) => (isCellEnd(end) ? [end.cell] : []));
}

export function leaving(id: string, cells: readonly CellView[]): CellView[] {
  return cells.filter((cell) => isCellEnd(cell.source) && cell.source.cell === id);
}

export function arriving(id: string, cells: readonly CellView[]): CellView[] {
  return cells.filter((cell) => isCellEnd(cell.target) && cell.target.cell === id);
}

/** What ends at one of these cells. */
export function flowsAt(ids: ReadonlySet<string>, cells: readonly CellView[]): CellView[] {
  return cells.filter((cell) => endsOf(cell).some((id) => ids.has(id)));
}
