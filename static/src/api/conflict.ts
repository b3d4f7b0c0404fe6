/// Where a change collides with somebody else's, as the server tells it; whatever shape that has.

/** What a collision is about: the model, a diagram of it, a cell of that, or a threat to that. */
export interface Place {
  readonly diagram: number | null;
  readonly cell: string | null;
  readonly threat: string | null;
  /** The way to the member of it; empty for the thing as a whole. */
  readonly path: readonly string[];
}

export interface Conflict {
  /** What it is about, from the diagram inwards, such as `Paying`, `Shop`, `A stranger pays`. */
  readonly subject: readonly string[];
  /** The member of it, such as `severity`; empty for the subject as a whole. */
  readonly field: string;
  /** How they collide, such as `both_changed`. */
  readonly trouble: string;
  /** Whether only the drawing is concerned. */
  readonly layout: boolean;
  /** Where that is; null where the answer does not say it exactly. */
  readonly place: Place | null;
  /** What both began with, what was sent, and what is stored; null where it is not there. */
  readonly base: unknown;
  readonly ours: unknown;
  readonly theirs: unknown;
  /** Which of the three are not told because they are too long. */
  readonly leftOut: readonly string[];
}

/** The conflicts that an answer lists, and how many there are. */
export function conflictsOf(body: Record<string, unknown> | null): {
  conflicts: readonly Conflict[];
  conflictCount: number;
} {
  const listed = Array.isArray(body?.['conflicts']) ? body['conflicts'] : [];
  const conflicts = listed.map(conflictOf);
  const count = body?.['conflict_count'];
  return { conflicts, conflictCount: typeof count === 'number' ? count : conflicts.length };
}

function conflictOf(told: unknown): Conflict {
  const subject = member(told, 'subject');
  const [diagram, cell, threat] = [member(subject, 'diagram'), member(subject, 'cell'), member(subject, 'threat')];
  const names = [member(diagram, 'title'), member(cell, 'name') || member(cell, 'kind'), member(threat, 'title')];
  const leftOut = member(told, 'left_out');
  return {
    subject: names.map(words).filter((name) => name !== ''),
    field: words(member(told, 'field')),
    trouble: words(member(told, 'trouble')),
    layout: member(told, 'layout') === true,
    place: placeOf(words(member(told, 'pointer')), diagram, cell, threat),
    base: member(told, 'base') ?? null,
    ours: member(told, 'ours') ?? null,
    theirs: member(told, 'theirs') ?? null,
    leftOut: Array.isArray(leftOut) ? leftOut.filter((name) => typeof name === 'string') : [],
  };
}

/** The members of a conflict that are read: none that every object has. */
type Key =
  | ('subject' | 'diagram' | 'cell' | 'threat' | 'title' | 'name' | 'kind' | 'field' | 'trouble')
  | ('id' | 'layout' | 'pointer' | 'base' | 'ours' | 'theirs' | 'left_out');

/** How many steps of a pointer lead to a diagram, to its cell, and to a threat to that. */
const [TO_DIAGRAM, TO_CELL, TO_THREAT] = [3, 5, 8];

/** The pointer's numbers are those of the merged model: things are told by their ids. */
function placeOf(pointer: string, diagram: unknown, cell: unknown, threat: unknown): Place | null {
  const [diagramId, cellId, threatId] = [member(diagram, 'id'), words(member(cell, 'id')), words(member(threat, 'id'))];
  const depth = threat ? TO_THREAT : cell ? TO_CELL : diagram ? TO_DIAGRAM : 0;
  const steps = pointer.split('/').slice(1);
  const isExact = steps.length >= Math.max(depth, 1) && !pointer.endsWith('…');
  const isNamed =
    (!diagram || typeof diagramId === 'number') && (!cell || cellId !== '') && (!threat || threatId !== '');
  if (!isExact || !isNamed) return null;
  return {
    diagram: typeof diagramId === 'number' ? diagramId : null,
    cell: cellId || null,
    threat: threatId || null,
    path: steps.slice(depth).map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~')),
  };
}

function member(value: unknown, key: Key): unknown {
  return (value as Record<string, unknown> | null | undefined)?.[key];
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
