/// Which cells stand out on the canvas: those with a threat of a kind, or in or out of scope. The others fade.
import { t } from '../../i18n/translate.svelte.ts';
import type { CellView, ThreatView } from '../../model/views.ts';
import type { Severity, Status } from '../../model/vocabulary.ts';

export type Scope = 'all' | 'in' | 'out';

/**
 * An empty set asks for nothing, but threats that are asked for are open ones unless statuses say otherwise.
 * A threat must be in each set that asks for something.
 */
export interface Filter {
  readonly statuses: ReadonlySet<Status>;
  readonly severities: ReadonlySet<Severity>;
  /** Categories of threats, in the words of the file. */
  readonly types: ReadonlySet<string>;
  readonly scope: Scope;
}

export const NO_FILTER: Filter = { statuses: new Set(), severities: new Set(), types: new Set(), scope: 'all' };

/** Whether the filter asks for anything at all. */
export function isActive(filter: Filter): boolean {
  return filter.scope !== 'all' || asksForThreats(filter);
}

/** Whether a cell stands out. Boundaries and texts hold no threats: they stay as they are. */
export function matches(cell: CellView, filter: Filter): boolean {
  if (cell.isBoundary || cell.kind === 'text') return true;
  if (filter.scope !== 'all' && cell.outOfScope !== (filter.scope === 'out')) return false;
  return !asksForThreats(filter) || cell.threats.some((threat) => isAskedFor(threat, filter));
}

/** How many of the elements that can have threats stand out: "5 of 21 shown". */
export function shownOf(cells: readonly CellView[], filter: Filter): string {
  const all = cells.filter((cell) => !cell.isBoundary && cell.kind !== 'text');
  return t('canvas.shown', { shown: all.filter((cell) => matches(cell, filter)).length, all: all.length });
}

/** The categories of the threats of some cells, in order of the alphabet. */
export function typesIn(cells: readonly CellView[]): string[] {
  const types = new Set(cells.flatMap((cell) => cell.threats.map((threat) => threat.type)));
  types.delete('');
  return [...types].toSorted((a, b) => a.localeCompare(b));
}

function asksForThreats({ statuses, severities, types }: Filter): boolean {
  return statuses.size + severities.size + types.size > 0;
}

function isAskedFor(threat: ThreatView, { statuses, severities, types }: Filter): boolean {
  const status = threat.status;
  if (statuses.size === 0 ? status !== 'Open' : status === null || !statuses.has(status)) return false;
  if (severities.size > 0 && !severities.has(threat.severity)) return false;
  return types.size === 0 || types.has(threat.type);
}
