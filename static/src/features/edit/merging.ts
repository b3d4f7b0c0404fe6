/// Merging, which the server does: what has been done here comes upon what others have saved.
import { conflictsOf, type Conflict } from '../../api/conflict.ts';
import { mergeAnswer } from '../../api/documents.ts';
import type { Document } from '../../model/document.ts';
import type { History } from '../../model/history.ts';
import { asText, at, isObject, items } from '../../model/json/node.ts';
import { parse } from '../../model/json/parse.ts';
import { documentOf } from './reading.ts';
import { movedNumbers, renumbered, type Numbers } from './renumbering.ts';

/** What a merge has come to: the merged model, or the places where both collide. */
export interface Merging {
  readonly text: string | null;
  readonly conflicts: readonly Conflict[];
  readonly conflictCount: number;
  /** What was settled without asking, a sentence each. */
  readonly notes: readonly string[];
}

/** Merges what two have made of a text. @throws {Problem} */
export type Merge = (base: string, ours: string, theirs: string) => Promise<Merging>;

/** As the server merges. */
export const mergedByServer: Merge = async (base, ours, theirs) => {
  const answer = await mergeAnswer(base, ours, theirs);
  const { root } = parse(answer);
  const model = at(root, 'data', 'model');
  const told = (JSON.parse(answer) as { data: Record<string, unknown> }).data;
  return {
    text: isObject(model) ? within(theirs, model.raw) : null,
    ...conflictsOf(told),
    notes: items(at(root, 'data', 'notes')).flatMap((note) => asText(note) ?? []),
  };
};

/** A merged model in the white space that stands around the one that was sent: the answer leaves it out. */
export function within(sent: string, merged: string): string {
  const [before, after] = [/^\s*/, /\s*$/].map((space) => space.exec(sent)?.[0] ?? '');
  return `${before}${merged}${after}`;
}

/** What has been done, upon what others have saved. */
export interface Carried {
  /** Null where it collides with theirs. */
  readonly document: Document | null;
  /** What has been done, with the numbers that its diagrams have there. */
  readonly mine: Document;
  /** The new numbers of diagrams that have been added here. */
  readonly numbers: Numbers;
  readonly notes: readonly string[];
}

/**
 * What has been done since `before` upon `theirs`, which has all of `before`; and what is done while that is asked.
 * `known` is what both began with. @throws {Problem}
 */
export async function carriedUpon(
  merge: Merge,
  known: Document,
  [before, theirs]: readonly [Document, Document],
  now: () => History,
): Promise<Carried> {
  let [old, there] = [before, theirs];
  const notes: string[] = [];
  for (;;) {
    const { document } = now();
    const numbers = movedNumbers(known, old, there);
    const [base, mine] = [renumbered(old, old, numbers), renumbered(document, old, numbers)];
    if (document.sameText(old)) return { document: there, mine, numbers, notes };
    const found = await merge(base.text(), mine.text(), there.text());
    if (found.text === null) return { document: null, mine, numbers, notes };
    notes.push(...found.notes);
    [old, there] = [document, documentOf(found.text)];
  }
}
