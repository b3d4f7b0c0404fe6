/// How the panes call elements: unlike steps, they say so when one has no name.
import { kindWithin } from '../../i18n/terms.ts';
import { t } from '../../i18n/translate.svelte.ts';
import type { CellView } from '../../model/views.ts';
import { called } from '../gestures/words.ts';

/** One line for an element. */
export function nameOf(cell: CellView): string {
  return cell.name.trim() === '' ? t('panes.unnamed', { kind: kindWithin(cell.kind) }) : called(cell);
}

/** One line for all of these. */
export function namesOf(cells: readonly CellView[]): string {
  const [only] = cells;
  return only && cells.length === 1 ? nameOf(only) : t('canvas.elements', { count: cells.length });
}
