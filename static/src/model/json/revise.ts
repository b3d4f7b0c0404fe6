/// A new value in the spelling of an old one, so that a diff shows what changed and nothing else: as the
/// server revises a file.
import { equal } from './equal.ts';
import { gapIn, laidOut, placeIn, type Layout, type Place } from './layout.ts';
import { Container, type Json, type Part } from './node.ts';

/** `incoming` as `stored` would have said it. `place` is where it stands. */
export function revise(layout: Layout, stored: Json, incoming: Json, place: Place): Json {
  if (equal(stored, incoming)) return stored;
  const alike = stored instanceof Container && incoming instanceof Container && stored.kind === incoming.kind;
  if (!alike || stored.parts.length === 0) return laidOut(layout, incoming, place);
  const pairs = stored.kind === 'object' ? members(stored, incoming) : elements(stored, incoming);
  return joined(layout, stored, pairs);
}

/** A part of the result: an old one with its new value, or a new one. */
interface Pair {
  readonly old: Part | undefined;
  readonly new: Part;
}

/** The members that both have in the stored order, each followed by the new ones that follow it in the other. */
function members(stored: Container, incoming: Container): Pair[] {
  const fresh = new Map<string | null, Pair[]>();
  let behind: string | null = null;
  for (const part of incoming.parts) {
    if (stored.member(part.key)) behind = part.key;
    else fresh.set(behind, [...(fresh.get(behind) ?? []), { old: undefined, new: part }]);
  }
  const pairs = [...(fresh.get(null) ?? [])];
  for (const old of stored.parts) {
    const next = incoming.member(old.key);
    if (next) pairs.push({ old, new: next });
    pairs.push(...(fresh.get(old.key) ?? []));
  }
  return pairs;
}

/** The new elements in their order: equal ones at both ends are the old ones, the others go by place. */
function elements(stored: Container, incoming: Container): Pair[] {
  const [old, fresh] = [stored.parts, incoming.parts];
  const same = (one: Part | undefined, other: Part | undefined) => !!one && !!other && equal(one.value, other.value);
  const most = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < most && same(old[head], fresh[head])) head += 1;
  let tail = 0;
  while (tail < most - head && same(old.at(-1 - tail), fresh.at(-1 - tail))) tail += 1;
  return fresh.map((part, index): Pair => {
    const fromEnd = index - fresh.length;
    if (-fromEnd <= tail) return { old: old.at(fromEnd), new: part };
    return { old: index < old.length - tail ? old[index] : undefined, new: part };
  });
}

function joined(layout: Layout, stored: Container, pairs: readonly Pair[]): Container {
  if (pairs.length === 0) return new Container(stored.kind, [], '');
  const inner = placeIn(stored);
  const gap = gapIn(layout, stored);
  const lead = stored.parts[0]?.before ?? '';
  const parts = pairs.map(({ old, new: next }, index): Part => {
    const value = old ? revise(layout, old.value, next.value, inner) : laidOut(layout, next.value, inner);
    const key = JSON.stringify(next.key);
    const spelling = old?.spelling ?? (stored.kind === 'object' ? key + layout.colon : '');
    const isOldGap = old !== undefined && old !== stored.parts[0];
    const before = index === 0 ? lead : isOldGap ? old.before : gap.before;
    const after = index < pairs.length - 1 ? (old?.after ?? gap.after) : '';
    return { before, key: next.key, spelling, value, after };
  });
  return new Container(stored.kind, parts, stored.tail);
}
