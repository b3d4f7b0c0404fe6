/// Settling collisions: the person has said for each which side counts.
import type { Conflict } from '../../api/conflict.ts';
import type { Document } from '../../model/document.ts';
import { separatorOf } from './collision.ts';
import type { Version } from './home.ts';
import type { Merge } from './merging.ts';
import { documentOf } from './reading.ts';
import { joined, settled } from './settle.ts';
import { unsettled } from './trouble.ts';

/** Whose value stays where two collide. */
export type Side = 'ours' | 'theirs' | 'both';

/**
 * What both have made of `base`: merged, which can be done with theirs at each conflict, and then with the side that
 * stands at the same place in `sides`. @throws {Problem}
 */
export async function decided(
  merge: Merge,
  [base, ours, { text, version }]: readonly [Document, Document, Version],
  conflicts: readonly Conflict[],
  sides: readonly Side[],
): Promise<string> {
  const theirs = documentOf(text);
  const agreed = settled(ours, theirs, conflicts);
  const found = await merge(base.text(), agreed.text(), text);
  if (found.text === null) throw unsettled(conflicts, found.conflicts, version);
  const by = (side: Side) => conflicts.filter((_, index) => sides[index] === side);
  const kept = settled(documentOf(found.text), ours, by('ours'));
  return by('both')
    .reduce((now, conflict) => joined(now, ours, theirs, conflict, separatorOf(conflict)), kept)
    .text();
}
