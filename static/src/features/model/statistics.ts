/// How a model stands, in numbers.
import type { Document } from '../../model/document.ts';
import type { CellView, DiagramView, ThreatView } from '../../model/views.ts';
import { SEVERITIES, STATUSES, type Kind, type Severity, type Status } from '../../model/vocabulary.ts';

/** How many there are of something, of which `open` are open. */
export interface Count<Of> {
  readonly of: Of;
  readonly count: number;
  readonly open: number;
}

/** A type, so that a message takes it as its values. */
export type Totals = {
  readonly total: number;
  readonly open: number;
};

export interface Statistics {
  readonly threats: Totals;
  readonly elements: number;
  /** In the order of the vocabulary; null for what no status is known of. Only those that there are, as in the others. */
  readonly byStatus: readonly Count<Status | null>[];
  /** The gravest first. */
  readonly bySeverity: readonly Count<Severity>[];
  /** The most frequent first; as the file has them, whatever the case. */
  readonly byType: readonly Count<string>[];
  readonly byKind: readonly Count<Kind>[];
}

/** The kinds in the order in which they are told. */
export const KINDS: readonly Kind[] = [
  'actor',
  'process',
  'store',
  'flow',
  'boundary-box',
  'boundary-curve',
  'text',
  'unknown-node',
  'unknown-edge',
];

export function statisticsOf({ diagrams }: Document): Statistics {
  const cells = diagrams.flatMap((diagram) => diagram.cells);
  const threats = threatsOf(cells);
  const types = new Map(threats.map(({ type }) => [type.toLowerCase(), type] as const));
  return {
    threats: totalsOf(threats),
    elements: cells.length,
    byStatus: counts([...STATUSES, null], threats, ({ status }) => status),
    bySeverity: counts(SEVERITIES.toReversed(), threats, ({ severity }) => severity),
    byType: counts([...types.keys()], threats, ({ type }) => type.toLowerCase())
      .map((each) => ({ ...each, of: types.get(each.of) ?? each.of }))
      .toSorted((one, other) => other.count - one.count),
    byKind: tally(KINDS, cells, ({ kind }) => kind).map((each) => ({ ...each, open: 0 })),
  };
}

export function threatsOf(cells: readonly CellView[]): readonly ThreatView[] {
  return cells.flatMap((cell) => cell.threats);
}

export function totalsOf(threats: readonly ThreatView[]): Totals {
  return { total: threats.length, open: threats.filter(isOpen).length };
}

/** Of the cells of a diagram by kind, as the page lists them. */
export function byKind({ cells }: DiagramView): readonly CellView[] {
  return cells.toSorted((one, other) => KINDS.indexOf(one.kind) - KINDS.indexOf(other.kind));
}

function isOpen({ status }: ThreatView): boolean {
  return status === 'Open';
}

function counts<Of>(all: readonly Of[], threats: readonly ThreatView[], of: (threat: ThreatView) => Of): Count<Of>[] {
  const open = new Map(tally(all, threats.filter(isOpen), of).map((each) => [each.of, each.count]));
  return tally(all, threats, of).map((each) => ({ ...each, open: open.get(each.of) ?? 0 }));
}

function tally<Of, Thing>(all: readonly Of[], things: readonly Thing[], of: (thing: Thing) => Of) {
  const found = new Map<Of, number>();
  for (const thing of things) found.set(of(thing), (found.get(of(thing)) ?? 0) + 1);
  return all.flatMap((each) => {
    const count = found.get(each) ?? 0;
    return count > 0 ? [{ of: each, count }] : [];
  });
}
