/// How steps call what they are about: "Move Browser", "Move 3 elements".
import { t } from '../../i18n/translate.svelte.ts';
import { kindWithin } from '../../i18n/terms.ts';
import type { NewKind } from '../../model/vocabulary.ts';
import type { CellView, End } from '../../model/views.ts';
import { isCellEnd, type DiagramView } from '../../model/views.ts';

const LONGEST = 40;

/** A cell's name on one line; its kind when it has none. */
export function called(cell: Pick<CellView, 'name' | 'kind'>): string {
  const name = cell.name.replace(/\s+/g, ' ').trim();
  if (name === '') return kindWithin(cell.kind);
  // So much of it that more than the longest are in it, each of which may have two halves.
  const letters = Array.from(name.slice(0, 2 * LONGEST + 1));
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : name;
}

/** One cell by its name, several by their number. */
export function calledAll(cells: readonly CellView[]): string {
  const [first] = cells;
  return first !== undefined && cells.length === 1 ? called(first) : t('canvas.elements', { count: cells.length });
}

/** What stands at an end: an element's name, or "a free end". */
export function calledEnd(diagram: DiagramView, end: End): string {
  const cell = isCellEnd(end) ? diagram.cell(end.cell) : undefined;
  return cell ? called(cell) : t('canvas.free-end');
}

/** What new elements are called until somebody says. */
export function newName(kind: NewKind): string {
  return kind === 'boundary-curve' ? '' : t(`canvas.new-${kind}`);
}
