/// Settling collisions: the person has said for each which side counts.
import type { Document } from '../../model/document.ts';
import { separatorOf } from './collision.ts';
import type { Choice } from './decisions.svelte.ts';
import type { Version } from './home.ts';
import type { Merge } from './merging.ts';
import { documentOf } from './reading.ts';
import { joined, settled } from './settle.ts';
import { newOnes, unsettled } from './trouble.ts';

/** Whose value stays where two collide. */
export type Side = 'ours' | 'theirs' | 'both';

/**
 * What both have made of `base`: merged, which can be done with theirs at each conflict, and then with the side that
 * was chosen for it. @throws {Problem}
 */
export async function decided(
  merge: Merge,
  [base, ours, { text, version }]: readonly [Document, Document, Version],
  { conflicts: asked, sides, rest }: Choice,
): Promise<string> {
  const theirs = documentOf(text);
  const conflicts = [...asked];
  let agreed = settled(ours, theirs, conflicts);
  let found = await merge(base.text(), agreed.text(), text);
  // Those that are not listed come up once the listed ones are out of the way.
  while (found.text === null) {
    const more = rest === null ? [] : newOnes(conflicts, found.conflicts).filter(({ place }) => place !== null);
    if (more.length === 0) throw unsettled(conflicts, found, version);
    conflicts.push(...more);
    agreed = settled(agreed, theirs, more);
    found = await merge(base.text(), agreed.text(), text);
  }
  const by = (side: Side) => conflicts.filter((_, index) => (sides[index] ?? rest) === side);
  const kept = settled(documentOf(found.text), ours, by('ours'));
  return by('both')
    .reduce((now, conflict) => joined(now, ours, theirs, conflict, separatorOf(conflict)), kept)
    .text();
}
