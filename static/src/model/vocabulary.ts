/// The words of Threat Dragon's format, and what this app calls them. Unknown words are kept as they are.

/** What a cell is. The two unknown ones are drawn as placeholders and kept. */
export type Kind =
  'actor' | 'process' | 'store' | 'text' | 'boundary-box' | 'boundary-curve' | 'flow' | 'unknown-node' | 'unknown-edge';

const SHAPES: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['actor', 'actor'],
  ['process', 'process'],
  ['store', 'store'],
  ['td-text-block', 'text'],
  ['trust-boundary-box', 'boundary-box'],
  ['trust-boundary-curve', 'boundary-curve'],
  // A slip of early versions, found in real files.
  ['trust-broundary-curve', 'boundary-curve'],
  ['flow', 'flow'],
  ['edge', 'flow'],
]);

/** The kind of a cell by its `shape`; an unknown shape with ends is a connection. */
export function kindOf(shape: string, hasEnds: boolean): Kind {
  return SHAPES.get(shape.toLowerCase()) ?? (hasEnds ? 'unknown-edge' : 'unknown-node');
}

/** The shape that new cells of a kind have. */
export const SHAPE_OF = {
  actor: 'actor',
  process: 'process',
  store: 'store',
  text: 'td-text-block',
  'boundary-box': 'trust-boundary-box',
  'boundary-curve': 'trust-boundary-curve',
  flow: 'flow',
} as const satisfies Partial<Record<Kind, string>>;

/** The kinds that can be drawn. */
export type NewKind = keyof typeof SHAPE_OF;

/** How bad a threat is, the gravest last. */
export const SEVERITIES = ['TBD', 'Low', 'Medium', 'High', 'Critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** A severity that is not known counts as undecided. */
export function severityOf(word: string): Severity {
  return SEVERITIES.find((known) => known.toLowerCase() === word.toLowerCase()) ?? 'TBD';
}

/** What has been decided about a threat, as new files have it. */
export const STATUSES = [
  'Open',
  'NotApplicable',
  'Mitigated',
  'Accepted',
  'Transferred',
  'Avoided',
  'Eliminated',
] as const;
export type Status = (typeof STATUSES)[number];

/** A status that is not known stays a word. */
export function statusOf(word: string): Status | null {
  if (word.toLowerCase() === 'n/a') return 'NotApplicable';
  return STATUSES.find((known) => known.toLowerCase() === word.toLowerCase()) ?? null;
}
