/// How elements are called in steps, lists and messages.
import type { CellView } from '../../model/views.ts';
import { KIND_NAMES } from '../../model/vocabulary.ts';

/** Names in running text are cut here. */
const LONGEST = 60;

/** One line for an element, even when it has no name. */
export function called(cell: CellView): string {
  const name = cell.name.replace(/\s+/g, ' ').trim();
  if (name === '') return `Unnamed ${KIND_NAMES[cell.kind].toLowerCase()}`;
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
}

/** One line for all of these. */
export function allCalled(cells: readonly CellView[]): string {
  const [only] = cells;
  return only && cells.length === 1 ? called(only) : `${cells.length} elements`;
}
