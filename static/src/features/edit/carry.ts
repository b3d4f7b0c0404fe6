/// Carrying a change over to another document: what differs between two documents is made to differ there.
import type { Document } from '../../model/document.ts';
import { equal } from '../../model/json/equal.ts';
import { asNumber, asText, Container, get, type Json, type Part } from '../../model/json/node.ts';
import { revise } from '../../model/json/revise.ts';

/** `other` with what has changed from `before` to `after`; where both have changed the same, as in `after`. */
export function carried(before: Document, after: Document, other: Document): Document {
  const root = merged(before.root, after.root, other.root);
  return other.with(revise(other.layout, other.root, root, ''));
}

function merged(before: Json, after: Json, other: Json): Json {
  if (equal(after, before)) return other;
  if (equal(other, before)) return after;
  const [old, fresh, there] = [partsOf(before), partsOf(after), partsOf(other)];
  const isAlike = before.kind === after.kind && other.kind === after.kind;
  if (!isAlike || !(after instanceof Container) || !old || !fresh || !there) return after;
  const all = [...there, ...[...fresh].filter(([key]) => !there.has(key))];
  const parts = all.flatMap(([key, part]): Part[] => {
    const value = mergedPart(old.get(key)?.value, fresh.get(key)?.value, there.get(key)?.value);
    return value ? [{ ...part, value }] : [];
  });
  return new Container(after.kind, parts, '');
}

/** What follows from the rest, and is worked out anew by whoever saves: there it is no matter who is right. */
const DERIVED = new Set(['version', 'threatTop', 'diagramTop', 'hasOpenThreats', 'threatFrequency', 'attrs']);

/** Whether two have made different things of the same place. */
export function collide(before: Document, one: Document, other: Document): boolean {
  return differ(before.root, one.root, other.root);
}

function differ(before: Json | undefined, one: Json | undefined, other: Json | undefined): boolean {
  if (isSame(one, other) || isSame(before, one) || isSame(before, other)) return false;
  if (!before || !one || !other) return true;
  const [old, mine, theirs] = [partsOf(before), partsOf(one), partsOf(other)];
  if (!old || !mine || !theirs || before.kind !== one.kind || before.kind !== other.kind) return true;
  const keys = [...new Set([...old.keys(), ...mine.keys(), ...theirs.keys()])].filter((key) => !DERIVED.has(key));
  return keys.some((key) => differ(old.get(key)?.value, mine.get(key)?.value, theirs.get(key)?.value));
}

/** What is there in one and changed in the other stays. */
function mergedPart(before: Json | undefined, after: Json | undefined, other: Json | undefined): Json | undefined {
  if (before && after && other) return merged(before, after, other);
  if (isSame(before, after)) return other;
  if (isSame(before, other)) return after;
  return after ?? other;
}

function isSame(one: Json | undefined, other: Json | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && equal(one, other));
}

/** The members of an object by their keys, the elements of a list by their ids; null for a list without. */
function partsOf(node: Json): Map<string, Part> | null {
  if (!(node instanceof Container)) return null;
  const named = new Map<string, Part>();
  for (const part of node.parts) {
    const key = node.kind === 'object' ? part.key : idOf(part.value);
    if (key === undefined) return null;
    let own = key;
    // Of twins each is taken for the one in the same place among them.
    while (named.has(own)) own += ' again';
    named.set(own, part);
  }
  return named;
}

function idOf(node: Json): string | undefined {
  const id = get(node, 'id');
  return asText(id) ?? asNumber(id)?.toString();
}
