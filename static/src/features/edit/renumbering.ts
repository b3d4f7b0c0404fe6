/// The numbers of diagrams that were added here: a merge gives them others, where somebody else has used them too.
import type { Document } from '../../model/document.ts';
import { set } from '../../model/json/edit.ts';
import type { DiagramView } from '../../model/views.ts';

/** Which number a diagram has now, by the one that it had. */
export type Numbers = ReadonlyMap<number, number>;

/** The diagrams that were added to `known` in `mine` and have other numbers in `merged`, which has them all. */
export function movedNumbers(known: Document, mine: Document, merged: Document): Numbers {
  const isNew = ({ id }: DiagramView) => id !== null && !known.diagram(id);
  const found = new Map<string, number[]>();
  for (const diagram of merged.diagrams.filter(isNew)) {
    const ids = found.get(looksOf(diagram)) ?? [];
    found.set(looksOf(diagram), [...ids, diagram.id ?? 0]);
  }
  const moved = new Map<number, number>();
  const given = new Set<number>();
  for (const diagram of mine.diagrams.filter(isNew)) {
    const ids = found.get(looksOf(diagram)) ?? [];
    const id = diagram.id ?? 0;
    const next = ids.includes(id) ? id : ids.find((each) => !given.has(each));
    if (next === undefined) continue;
    given.add(next);
    if (next !== id) moved.set(id, next);
  }
  return moved;
}

/** What a merge leaves as it is in a diagram that only one has added. */
function looksOf({ title, cells }: DiagramView): string {
  return JSON.stringify([title, cells.map(({ id }) => id)]);
}

/**
 * The document with these numbers. A diagram that was added since `before` and has one of them takes a free one.
 */
export function renumbered(document: Document, before: Document, numbers: Numbers): Document {
  if (numbers.size === 0) return document;
  const taken = new Set(numbers.values());
  let free = Math.max(...taken, ...document.diagrams.map(({ id }) => id ?? 0));
  const numberOf = (id: number): number => {
    if (before.diagram(id)) return numbers.get(id) ?? id;
    return taken.has(id) ? (free += 1) : id;
  };
  return document.diagrams.reduce((now, { id }, index) => {
    const next = id === null ? null : numberOf(id);
    if (next === null || next === id) return now;
    const spot = { layout: now.layout, node: now.root, place: '' };
    return now.with(set(spot, ['detail', 'diagrams', index, 'id'], next));
  }, document);
}
