/// The changes of a comparison as a reader meets them: by diagram, in it by element, and for each a line for
/// everything that is told of it.
import type { Change, FieldChange } from '../../api/history.ts';
import type { Subject } from '../../api/subject.ts';

/** What has happened, as a symbol shows it. */
export type Deed = 'added' | 'removed' | 'changed' | 'moved';

/** One thing to tell: that something happened to a thing, or that a member of it has another value. */
export interface Line {
  readonly change: Change;
  readonly deed: Deed;
  /** Null where the change as a whole is told. */
  readonly field: FieldChange | null;
}

/** A cell, a diagram or the model, with all that is told of it and of its threats. */
export interface Thing {
  /** Its place in the list. */
  readonly index: number;
  readonly subject: Pick<Subject, 'diagram' | 'cell'>;
  readonly lines: readonly Line[];
  /** Whether it is there in the newer version. */
  readonly isThere: boolean;
}

/** The things of a diagram; of the model itself where `diagram` is missing. */
export interface Group {
  readonly diagram: Subject['diagram'];
  readonly things: readonly Thing[];
}

/** Which aspects besides the meaning are told. */
export interface Telling {
  readonly layout: boolean;
  readonly derived: boolean;
}

/** How many of the changes have an aspect. */
export function countOf(changes: readonly Change[], aspect: Change['aspect']): number {
  return changes.filter((change) => change.aspect === aspect).length;
}

/** The groups, in the order of the changes. */
export function groupsOf(changes: readonly Change[], telling: Telling): readonly Group[] {
  const groups = new Map<string, { diagram: Subject['diagram']; things: Map<string, Thing & { lines: Line[] }> }>();
  let index = 0;
  for (const change of changes) {
    if (change.aspect !== 'meaning' && !telling[change.aspect]) continue;
    const { diagram, cell } = change.subject;
    const name = JSON.stringify(diagram ?? null);
    const group = groups.get(name) ?? { diagram, things: new Map() };
    groups.set(name, group);
    const id = JSON.stringify(cell?.id ?? null);
    const found = group.things.get(id);
    const lines = linesOf(change);
    if (found) found.lines.push(...lines);
    else group.things.set(id, { index: index++, subject: change.subject, lines, isThere: isThere(change) });
  }
  return [...groups.values()].map(({ diagram, things }) => ({ diagram, things: [...things.values()] }));
}

/** Of a threat that is gone, the cell may be there still. */
function isThere({ subject, kind }: Change): boolean {
  return kind !== 'removed' || subject.threat !== undefined;
}

function linesOf(change: Change): Line[] {
  const whole: Line = { change, deed: deedOf(change), field: null };
  if (change.aspect !== 'meaning' || change.kind === 'reordered') return [whole];
  const fields = toldFields(change).map((field): Line => ({ change, deed: fieldDeed(field), field }));
  const isTold = change.kind === 'added' || change.kind === 'removed' || change.kind === 'moved';
  return isTold || fields.length === 0 ? [whole, ...fields] : fields;
}

function deedOf({ kind, aspect }: Change): Deed {
  if (kind === 'added' || kind === 'removed') return kind;
  return kind === 'moved' || aspect === 'layout' ? 'moved' : 'changed';
}

/** With another shape, `data/type` only follows. */
function toldFields({ fields = [] }: Change): readonly FieldChange[] {
  const isRetyped = fields.some(({ path }) => path === 'shape');
  return isRetyped ? fields.filter(({ path }) => path !== 'data/type') : fields;
}

/** A contributor is a field of the model, but comes and goes like a thing. */
function fieldDeed({ path, before, after }: FieldChange): Deed {
  if (!/^detail\/contributors\/\d+$/.test(path)) return 'changed';
  if (before === undefined && after !== undefined) return 'added';
  return after === undefined && before !== undefined ? 'removed' : 'changed';
}
