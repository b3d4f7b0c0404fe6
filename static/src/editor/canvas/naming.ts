/// What a cell is called by those who read the canvas aloud: "Process API gateway, 3 open threats, in DMZ".
import type { CellView } from '../../model/views.ts';
import { KIND_NAMES } from '../../model/vocabulary.ts';
import { counted } from '../../ui/words.ts';

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
  if (cell.openThreats > 0) parts.push(counted(cell.openThreats, 'open threat'));
  if (cell.outOfScope) parts.push('out of scope');
  if (cell.locked) parts.push('locked');
  if (around.length > 0) parts.push(`in ${listed(around)}`);
  if (crossed.length > 0) parts.push(`crosses ${listed(crossed)}`);
  return parts.join(', ');
}

/** What a cell is called without its kind: its name on one line, or that it has none. */
export function shortName(cell: CellView): string {
  return cell.name.replace(/\s+/g, ' ').trim() || 'without a name';
}

function head(cell: CellView, { source, target }: Surroundings): string {
  const kind =
    cell.kind.startsWith('unknown') && cell.shape !== '' ? `Unknown shape ${cell.shape}` : KIND_NAMES[cell.kind];
  const head = `${kind} ${shortName(cell)}`;
  if (cell.kind !== 'flow' && cell.kind !== 'unknown-edge') return head;
  return `${head} from ${endName(source)} to ${endName(target)}`;
}

function endName(cell: CellView | undefined): string {
  if (cell === undefined) return 'a loose end';
  return cell.name === '' ? `a ${KIND_NAMES[cell.kind].toLowerCase()} without a name` : shortName(cell);
}

function manner(flow: CellView): string[] {
  const parts: string[] = [];
  if (flow.bidirectional) parts.push('both ways');
  if (flow.flag('isEncrypted')) parts.push('encrypted');
  if (flow.flag('isPublicNetwork')) parts.push('over a public network');
  return parts;
}

function listed(cells: readonly CellView[]): string {
  const names = cells.map((cell) => (cell.name === '' ? 'a boundary without a name' : shortName(cell)));
  const last = names.pop() ?? '';
  return names.length === 0 ? last : `${names.join(', ')} and ${last}`;
}
