/// What a comparison marks in the pictures of the diagrams: pure, from the changes and both documents.
import type { Change } from '../../api/history.ts';
import type { Mark, Marks } from '../../editor/picture/mark.ts';
import type { Document } from '../../model/document.ts';
import type { CellView, DiagramView } from '../../model/views.ts';

/** A diagram in both versions; null in the one that does not have it. */
export interface Pair {
  readonly id: number | null;
  readonly title: string;
  readonly before: DiagramView | null;
  readonly after: DiagramView | null;
}

/** A diagram of both versions in one picture. */
export interface Overlay {
  /** What is drawn: the newer one, or the older one where there is no newer. */
  readonly diagram: DiagramView;
  readonly marks: Marks;
  /** What is drawn behind it: what is gone, with the diagram that it was in. */
  readonly ghosts: { readonly cells: readonly CellView[]; readonly diagram: DiagramView } | undefined;
  /** How many cells have each mark. */
  readonly counts: Readonly<Record<Mark, number>>;
}

/** What is done to a cell counts for more than where it stands. */
const RANK: Readonly<Record<Mark, number>> = { moved: 0, changed: 1, removed: 2, added: 2 };

/** What the changes make of each cell of a diagram; with `layout`, how cells are drawn counts too. */
export function marksOf(changes: readonly Change[], diagram: number | null, layout = true): Marks {
  const marks = new Map<string, Mark>();
  const note = (cell: string, mark: Mark) => {
    const known = marks.get(cell);
    if (known === undefined || RANK[known] < RANK[mark]) marks.set(cell, mark);
  };
  for (const change of changes) {
    const { subject, from } = change;
    if (change.aspect === 'derived' || (change.aspect === 'layout' && !layout)) continue;
    if (from && !subject.threat && from.diagram?.id === diagram && subject.diagram?.id !== diagram) {
      if (subject.cell) note(subject.cell.id, 'removed');
    }
    if (subject.cell && (subject.diagram?.id ?? null) === diagram) note(subject.cell.id, markOf(change));
    if (from?.cell && from.diagram?.id === diagram) note(from.cell.id, 'changed');
  }
  return marks;
}

/** Of a threat that comes or goes, its cell has changed; a cell from another diagram is new in this one. */
function markOf({ subject, kind, aspect, from }: Change): Mark {
  if (aspect === 'layout') return 'moved';
  if (subject.threat) return 'changed';
  if (kind === 'added' || kind === 'removed') return kind;
  return from ? 'added' : 'changed';
}

/** The diagrams of both, in the order of the newer; those that are gone come last. */
export function pairsOf(before: Document, after: Document): readonly Pair[] {
  const left = [...before.diagrams];
  const pairs = after.diagrams.map((diagram): Pair => {
    const at = left.findIndex((old) => old.id === diagram.id && (old.id !== null || old.title === diagram.title));
    const [old = null] = at < 0 ? [] : left.splice(at, 1);
    return { id: diagram.id, title: diagram.title, before: old, after: diagram };
  });
  return [...pairs, ...left.map((old): Pair => ({ id: old.id, title: old.title, before: old, after: null }))];
}

/** Both versions of a diagram in one picture. */
export function overlayOf({ id, before, after }: Pair, changes: readonly Change[], layout: boolean): Overlay | null {
  const diagram = after ?? before;
  if (!diagram) return null;
  const marks = after && before ? marksOf(changes, id, layout) : allOf(diagram, after ? 'added' : 'removed');
  const gone = after && before ? before.cells.filter((cell) => after.cell(cell.id) === undefined) : [];
  const counts = { added: 0, removed: gone.length, changed: 0, moved: 0 };
  for (const cell of diagram.cells) {
    const mark = marks.get(cell.id);
    if (mark) counts[mark] += 1;
  }
  return { diagram, marks, counts, ghosts: before && after ? { cells: gone, diagram: before } : undefined };
}

function allOf(diagram: DiagramView, mark: Mark): Marks {
  return new Map(diagram.cells.map((cell) => [cell.id, mark]));
}

/** Both versions beside each other, each with the marks of what is in it. */
export function besideOf({ before, after }: Pair, { marks, ghosts }: Overlay) {
  const gone = (ghosts?.cells ?? []).map(({ id }): [string, Mark] => [id, 'removed']);
  return [
    { side: 'before', diagram: before, marks: new Map([...marks, ...gone]) },
    { side: 'after', diagram: after, marks },
  ] as const;
}

/** How many changes are told in a diagram. */
export function changesIn({ id }: Pair, changes: readonly Change[]): number {
  return counted(changes).filter(({ subject }) => subject.diagram !== undefined && subject.diagram.id === id).length;
}

/** Those that count: not what programs work out, nor that a cell is drawn differently that has changed anyway. */
export function counted(changes: readonly Change[]): readonly Change[] {
  const placeOf = ({ subject: { diagram, cell } }: Change) => JSON.stringify([diagram?.id, cell?.id]);
  const changed = new Set(
    changes.filter(({ aspect, subject }) => aspect === 'meaning' && !subject.threat && subject.cell).map(placeOf),
  );
  return changes.filter(
    (change) => change.aspect === 'meaning' || (change.aspect === 'layout' && !changed.has(placeOf(change))),
  );
}

/** The place of the first diagram in which something is different; the very first where nothing is. */
export function firstChanged(pairs: readonly Pair[], changes: readonly Change[]): number {
  return Math.max(
    pairs.findIndex((pair) => changesIn(pair, changes) > 0),
    0,
  );
}
