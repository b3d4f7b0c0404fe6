/// Edits of a JSON tree: each gives a new root that differs in one place and shares everything else.
import { gapIn, laidOut, placeIn, type Layout, type Place } from './layout.ts';
import { Container, type Json, type JsonValue, type Part } from './node.ts';

/** A way from the root: keys of objects and indexes of arrays. */
export type Path = readonly (string | number)[];

/** What is edited: a root, and the layout that new parts take. */
export interface Tree {
  readonly root: Json;
  readonly layout: Layout;
}

/** The value at the path, replaced, or put behind the others where an object has no such member. */
export function set(tree: Tree, path: Path, value: JsonValue | Json): Json {
  return change(tree, path, (place) => laidOut(tree.layout, value, place));
}

/** The member or element at the path, taken away with the comma that belongs to it. */
export function remove(tree: Tree, path: Path): Json {
  const last = path.at(-1);
  return change(tree, path.slice(0, -1), (_, node) => {
    const index = node instanceof Container && last !== undefined ? indexOf(node, last) : -1;
    return node instanceof Container && index >= 0 ? without(node, index) : node;
  });
}

/** A new last element of the array at the path. */
export function append(tree: Tree, path: Path, value: JsonValue | Json): Json {
  return change(tree, path, (place, node) =>
    node instanceof Container && node.kind === 'array' ? added(tree.layout, node, '', value, place) : node,
  );
}

/** Puts what `make` gives in the place of what stands at the path. */
function change(tree: Tree, path: Path, make: (place: Place, node: Json | undefined) => Json | undefined): Json {
  const rebuild = (node: Json | undefined, depth: number, place: Place): Json | undefined => {
    const step = path[depth];
    if (step === undefined) return make(place, node);
    if (!(node instanceof Container)) return node;
    const inner = placeIn(node) ?? below(tree.layout, place);
    const index = indexOf(node, step);
    const part = node.parts[index];
    if (part) {
      const value = rebuild(part.value, depth + 1, placeIn(node));
      return value === undefined || value === part.value ? node : replaced(node, index, { ...part, value });
    }
    if (typeof step === 'number' || depth + 1 < path.length) return node;
    const value = make(node.parts.length > 0 ? placeIn(node) : inner, undefined);
    return value === undefined ? node : added(tree.layout, node, step, value, place);
  };
  return rebuild(tree.root, 0, '') ?? tree.root;
}

function indexOf(node: Container, step: string | number): number {
  if (typeof step === 'number') return node.kind === 'array' ? step : -1;
  return node.kind === 'object' ? node.parts.findIndex((part) => part.key === step) : -1;
}

function below(layout: Layout, place: Place): Place {
  return place !== null && layout.lines ? place + layout.unit : null;
}

function replaced(node: Container, index: number, part: Part): Container {
  const parts = node.parts.slice();
  parts[index] = part;
  return new Container(node.kind, parts, node.tail);
}

function without(node: Container, index: number): Container {
  const parts = node.parts.toSpliced(index, 1);
  const [gone, first] = [node.parts[index], parts[0]];
  if (gone && first && index === 0) parts[0] = { ...first, before: gone.before };
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
