/// What a cell is called by those who read the canvas aloud: "Process API gateway, 3 open threats, in DMZ".
import { kindName, kindWithin } from '../../i18n/terms.ts';
import { t } from '../../i18n/translate.svelte.ts';
import type { CellView } from '../../model/views.ts';

/** What a name says of other cells. */
export interface Surroundings {
  /** The boundaries that the cell is in, the innermost first. */
  readonly around: readonly CellView[];
  /** The boundaries that a flow crosses. */
  readonly crossed: readonly CellView[];
  /** What a flow joins; undefined where it ends nowhere. */
  readonly source?: CellView | undefined;
  readonly target?: CellView | undefined;
}

export function nameOf(cell: CellView, surroundings: Surroundings): string {
  const { around, crossed } = surroundings;
  const parts = [head(cell, surroundings)];
  if (cell.kind === 'flow') parts.push(...manner(cell));
  if (cell.openThreats > 0) parts.push(t('canvas.open-threats', { count: cell.openThreats }));
  if (cell.outOfScope) parts.push(t('canvas.out-of-scope'));
  if (cell.locked) parts.push(t('canvas.locked'));
  if (around.length > 0) parts.push(t('canvas.in', { boundaries: boundaryNames(around) }));
  if (crossed.length > 0) parts.push(t('canvas.crosses', { boundaries: boundaryNames(crossed) }));
  return inRow(parts);
}

/** A cell's name on one line; empty when it has none. */
function shortName(cell: CellView): string {
  return cell.name.replace(/\s+/g, ' ').trim();
}

function head(cell: CellView, { source, target }: Surroundings): string {
  const isOdd = cell.kind.startsWith('unknown') && cell.shape !== '';
  const kind = isOdd ? t('canvas.unknown-shape', { shape: cell.shape }) : kindName(cell.kind);
  const name = shortName(cell);
  const named = name === '' ? t('canvas.nameless', { kind }) : t('canvas.name', { kind, name });
  if (cell.kind !== 'flow' && cell.kind !== 'unknown-edge') return named;
  return t('canvas.joined', { named, source: endName(source), target: endName(target) });
}

function endName(cell: CellView | undefined): string {
  if (cell === undefined) return t('canvas.loose-end');
  return shortName(cell) || t('canvas.kind-without-name', { kind: kindWithin(cell.kind) });
}

function manner(flow: CellView): string[] {
  const parts: string[] = [];
  if (flow.bidirectional) parts.push(t('canvas.both-ways'));
  if (flow.flag('isEncrypted')) parts.push(t('canvas.encrypted'));
  if (flow.flag('isPublicNetwork')) parts.push(t('canvas.over-public-network'));
  return parts;
}

function boundaryNames(cells: readonly CellView[]): string {
  const names = cells.map((cell) => shortName(cell) || t('canvas.boundary-without-name'));
  const last = names.pop() ?? '';
  return names.length === 0 ? last : t('canvas.said-last', { said: inRow(names), last });
}

/** "a, b, c". */
function inRow(parts: readonly string[]): string {
  return parts.reduce((said, more) => t('canvas.said-more', { said, more }));
}
