/// A new value in the spelling of an old one, so that a diff shows what changed and nothing else: as the
/// server revises a file.
import { equal } from './equal.ts';
import { gapIn, laidOut, placeIn, type Layout, type Place } from './layout.ts';
import { asNumber, asText, Container, get, type Json, type Part } from './node.ts';

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
  /** Where the old one stands. */
  readonly old: number | undefined;
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
  stored.parts.forEach(({ key }, old) => {
    const next = incoming.member(key);
    if (next) pairs.push({ old, new: next });
    pairs.push(...(fresh.get(key) ?? []));
  });
  return pairs;
}

/** The new elements in their order: those of one id, or without any, are paired among each other. */
function elements(stored: Container, incoming: Container): Pair[] {
  const old = byId(stored);
  const partners = new Map<number, number>();
  for (const [id, places] of byId(incoming)) pairByPlace(stored, old.get(id) ?? [], incoming, places, partners);
  return incoming.parts.map((part, place) => ({ old: partners.get(place), new: part }));
}

/** The places of the elements of each id, which tells them from their neighbours. */
function byId(array: Container): Map<string | number | undefined, number[]> {
  const places = new Map<string | number | undefined, number[]>();
  array.parts.forEach(({ value }, place) => {
    const node = get(value, 'id');
    const id = asText(node) ?? asNumber(node);
    const alike = places.get(id);
    if (alike) alike.push(place);
    else places.set(id, [place]);
  });
  return places;
}

/** Equal elements at both ends are the old ones, the others go one after the other. */
function pairByPlace(
  stored: Container,
  old: readonly number[],
  incoming: Container,
  fresh: readonly number[],
  partners: Map<number, number>,
): void {
  const same = (one: number | undefined, other: number | undefined) => {
    const [a, b] = [stored.parts[one ?? -1], incoming.parts[other ?? -1]];
    return !!a && !!b && equal(a.value, b.value);
  };
  const most = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < most && same(old[head], fresh[head])) head += 1;
  let tail = 0;
  while (tail < most - head && same(old.at(-1 - tail), fresh.at(-1 - tail))) tail += 1;
  fresh.forEach((place, index) => {
    const fromEnd = index - fresh.length;
    const partner = -fromEnd <= tail ? old.at(fromEnd) : index < old.length - tail ? old[index] : undefined;
    if (partner !== undefined) partners.set(place, partner);
  });
}

function joined(layout: Layout, stored: Container, pairs: readonly Pair[]): Container {
  if (pairs.length === 0) return new Container(stored.kind, [], '');
  const inner = placeIn(stored);
  const gap = gapIn(layout, stored);
  const lead = stored.parts[0]?.before ?? '';
  /** The white space on both sides of the comma before a part. */
  const gapOf = (pair: Pair | undefined) => {
    const [previous, own] = [stored.parts[(pair?.old ?? 0) - 1], stored.parts[pair?.old ?? -1]];
    return previous && own ? { after: previous.after, before: own.before } : gap;
  };
  const parts = pairs.map((pair, index): Part => {
    const old = pair.old === undefined ? undefined : stored.parts[pair.old];
    const next = pair.new;
    const value = old ? revise(layout, old.value, next.value, inner) : laidOut(layout, next.value, inner);
    const key = JSON.stringify(next.key);
    const spelling = old?.spelling ?? (stored.kind === 'object' ? key + layout.colon : '');
    const before = index === 0 ? lead : gapOf(pair).before;
    const after = index < pairs.length - 1 ? gapOf(pairs[index + 1]).after : '';
    return { before, key: next.key, spelling, value, after };
  });
  return new Container(stored.kind, parts, stored.tail);
}
