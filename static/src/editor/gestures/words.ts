/// How steps call what they are about: "Move Browser", "Move 3 elements".
import { KIND_NAMES } from '../../model/vocabulary.ts';
import type { CellView, End } from '../../model/views.ts';
import { isCellEnd, type DiagramView } from '../../model/views.ts';

const LONGEST = 40;

/** A cell's name on one line; its kind when it has none. */
export function called(cell: Pick<CellView, 'name' | 'kind'>): string {
  const name = cell.name.replace(/\s+/g, ' ').trim();
  if (name === '') return KIND_NAMES[cell.kind].toLowerCase();
  // So much of it that more than the longest are in it, each of which may have two halves.
  const letters = Array.from(name.slice(0, 2 * LONGEST + 1));
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : name;
}

/** One cell by its name, several by their number. */
export function calledAll(cells: readonly CellView[]): string {
  const [first] = cells;
  return first !== undefined && cells.length === 1 ? called(first) : `${cells.length} elements`;
}

/** What stands at an end: an element's name, or "a free end". */
export function calledEnd(diagram: DiagramView, end: End): string {
  const cell = isCellEnd(end) ? diagram.cell(end.cell) : undefined;
  return cell ? called(cell) : 'a free end';
}
