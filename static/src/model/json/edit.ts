/// Edits of a JSON tree: each gives a new tree that differs in one place and shares everything else.
import { gapIn, laidOut, placeIn, type Layout, type Place } from './layout.ts';
import { Container, isObject, type Json, type JsonValue, type Part } from './node.ts';
import { revise } from './revise.ts';

/** A way from the node that is edited: keys of objects and indexes of arrays. */
export type Path = readonly (string | number)[];

/** A node that is edited: the layout that new parts take, and the indentation of the line it stands on. */
export interface Spot {
  readonly layout: Layout;
  readonly node: Json;
  readonly place: Place;
}

/** The value at the path, in the spelling of what is there; a member that is not there yet comes last. */
export function set(spot: Spot, path: Path, value: JsonValue | Json): Json {
  const { layout } = spot;
  return update(spot, path, (place, old) => {
    const next = laidOut(layout, value, place);
    return old === undefined ? next : revise(layout, old, next, place);
  });
}

/** Each of these members of the object at the path, as with `set`. */
export function setAll(spot: Spot, path: Path, members: Iterable<readonly [string, JsonValue | Json]>): Json {
  let { node } = spot;
  for (const [key, value] of members) node = set({ ...spot, node }, [...path, key], value);
  return node;
}

/** The member at the path, put there when it is missing. */
export function ensure(spot: Spot, path: Path, value: JsonValue): Json {
  return update(spot, path, (place, old) => old ?? laidOut(spot.layout, value, place));
}

/** The object at the path, put there when there is none. */
export function ensureObject(spot: Spot, path: Path): Json {
  return update(spot, path, (place, old) => (isObject(old) ? old : laidOut(spot.layout, {}, place)));
}

/** The member or element at the path, taken away with the comma that belongs to it. */
export function remove(spot: Spot, path: Path): Json {
  const last = path.at(-1);
  return update(spot, path.slice(0, -1), (_, node) => {
    const index = node instanceof Container && last !== undefined ? indexOf(node, last) : -1;
    return node instanceof Container && index >= 0 && index < node.parts.length ? without(node, index) : node;
  });
}

/** A new last element of the array at the path. */
export function append(spot: Spot, path: Path, value: JsonValue | Json): Json {
  return update(spot, path, (place, node) =>
    node instanceof Container && node.kind === 'array' ? added(spot.layout, node, '', value, place) : node,
  );
}

/**
 * Puts what `make` gives in the place of what stands at the path, as it is. Where the way ends early
 * nothing changes; `make` is given no node when only the last member is missing.
 */
export function update(
  { layout, node: root, place: outer }: Spot,
  path: Path,
  make: (place: Place, node: Json | undefined) => Json | undefined,
): Json {
  const rebuild = (node: Json, depth: number, place: Place): Json => {
    const step = path[depth];
    if (step === undefined) return make(place, node) ?? node;
    if (!(node instanceof Container)) return node;
    const index = indexOf(node, step);
    const part = node.parts[index];
    if (part) {
      const value = rebuild(part.value, depth + 1, placeIn(node));
      return value === part.value ? node : replaced(node, index, { ...part, value });
    }
    if (typeof step === 'number' || node.kind === 'array' || depth + 1 < path.length) return node;
    const value = make(node.parts.length > 0 ? placeIn(node) : below(layout, place), undefined);
    return value === undefined ? node : added(layout, node, step, value, place);
  };
  return rebuild(root, 0, outer);
}

function indexOf(node: Container, step: string | number): number {
  if (typeof step === 'number') return node.kind === 'array' ? step : -1;
  return node.kind === 'object' ? node.parts.findIndex((part) => part.key === step) : -1;
}

/** The indentation inside a container that stands at this place. */
function below(layout: Layout, place: Place): Place {
  return place !== null && layout.lines ? place + layout.unit : null;
}

function replaced(node: Container, index: number, part: Part): Container {
  return new Container(node.kind, node.parts.with(index, part), node.tail);
}

function without(node: Container, index: number): Container {
  const parts = node.parts.toSpliced(index, 1);
  const [gone, first, previous] = [node.parts[index], parts[0], parts[index - 1]];
  if (gone && first && index === 0) parts[0] = { ...first, before: gone.before };
  if (gone && previous && previous.after !== gone.after) parts[index - 1] = { ...previous, after: gone.after };
  const last = parts.at(-1);
  if (last && last.after !== '') parts[parts.length - 1] = { ...last, after: '' };
  return new Container(node.kind, parts, parts.length > 0 ? node.tail : '');
}

/** A container with one part more at its end; `place` is where the container itself stands. */
function added(layout: Layout, node: Container, key: string, value: JsonValue | Json, place: Place): Container {
  const spelling = node.kind === 'object' ? JSON.stringify(key) + layout.colon : '';
  const last = node.parts.at(-1);
  if (!last) {
    const inner = below(layout, place);
    const line = (indent: Place) => (indent === null ? '' : layout.newline + indent);
    const part: Part = { before: line(inner), key, spelling, value: laidOut(layout, value, inner), after: '' };
    return new Container(node.kind, [part], line(inner === null ? null : place));
  }
  const gap = gapIn(layout, node);
  const part: Part = { before: gap.before, key, spelling, value: laidOut(layout, value, placeIn(node)), after: '' };
  const parts = [...node.parts.slice(0, -1), gap.after === '' ? last : { ...last, after: gap.after }, part];
  return new Container(node.kind, parts, node.tail);
}
