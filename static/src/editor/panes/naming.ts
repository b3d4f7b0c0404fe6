/// How the panes call elements: unlike steps, they say so when one has no name.
import type { CellView } from '../../model/views.ts';
import { KIND_NAMES } from '../../model/vocabulary.ts';
import { called } from '../gestures/words.ts';

/** One line for an element. */
export function nameOf(cell: CellView): string {
  return cell.name.trim() === '' ? `Unnamed ${KIND_NAMES[cell.kind].toLowerCase()}` : called(cell);
}

/** One line for all of these. */
export function namesOf(cells: readonly CellView[]): string {
  const [only] = cells;
  return only && cells.length === 1 ? nameOf(only) : `${cells.length} elements`;
}
