/// Edits of what has ends: flows and boundary curves.
import { remove, set, setAll, type Spot } from '../json/edit.ts';
import { fromPlain, listOf } from '../json/layout.ts';
import { asNumber, get, isArray, isObject, items, type Json } from '../json/node.ts';
import { OperationError, type Operation } from '../operation.ts';
import { isCellEnd, type Point, type Route } from '../views.ts';
import { plain, requireFinite } from './cells.ts';

type SetEnd = Extract<Operation, { type: 'setEnd' }>;

/** What else an end says stays; what belongs to the other form goes. */
export function setEnd(spot: Spot, end: SetEnd['end'], to: SetEnd['to']): Json {
  requireEdge(spot.node);
  const members: [string, string | number][] = isCellEnd(to)
    ? [['cell', to.cell], ...(to.port === undefined ? [] : [['port', to.port] satisfies [string, string]])]
    : [
        ['x', plain(to.x)],
        ['y', plain(to.y)],
      ];
  if (!isCellEnd(to)) requireFinite([to.x, to.y], 'The end of a flow must be made of finite numbers.');
  if (!isObject(get(spot.node, end))) return set(spot, [end], Object.fromEntries(members));
  const goes = ['cell', 'port', 'x', 'y'].filter((key) => !members.some(([kept]) => kept === key));
  let node = setAll(spot, [end], members);
  for (const key of goes) node = remove({ ...spot, node }, [end, key]);
  return node;
}

/** A vertex that stays, and one that takes the place of another, keep what else they say. */
export function setVertices(spot: Spot, vertices: readonly Point[]): Json {
  requireEdge(spot.node);
  requireFinite(
    vertices.flatMap(({ x, y }) => [x, y]),
    'Vertices must be made of finite numbers.',
  );
  const old = get(spot.node, 'vertices');
  if (old === undefined && vertices.length === 0) return spot.node;
  const stored = items(old);
  const partner = partners(stored, vertices);
  const next = vertices.map((point, index) => {
    const kept = stored[partner(index)];
    const xy = [
      ['x', plain(point.x)],
      ['y', plain(point.y)],
    ] as const;
    return isObject(kept) ? setAll({ ...spot, node: kept }, [], xy) : fromPlain(Object.fromEntries(xy));
  });
  return set(spot, ['vertices'], listOf(next));
}

/** Which stored vertex each new one continues: equal ones at both ends, the others one after the other. */
function partners(stored: readonly Json[], vertices: readonly Point[]): (index: number) => number {
  const is = (node: Json | undefined, point: Point | undefined) =>
    asNumber(get(node, 'x')) === point?.x && asNumber(get(node, 'y')) === point?.y;
  const most = Math.min(stored.length, vertices.length);
  let head = 0;
  while (head < most && is(stored[head], vertices[head])) head += 1;
  let tail = 0;
  while (tail < most - head && is(stored.at(-1 - tail), vertices.at(-1 - tail))) tail += 1;
  const shift = stored.length - vertices.length;
  return (index) => {
    if (index >= vertices.length - tail) return index + shift;
    return index < stored.length - tail ? index : -1;
  };
}

export function setRoute(spot: Spot, route: Route): Json {
  requireEdge(spot.node);
  const node = setNamed(spot, 'connector', route === 'smooth' ? 'smooth' : 'normal');
  return route === 'orthogonal' ? setNamed({ ...spot, node }, 'router', 'orth') : remove({ ...spot, node }, ['router']);
}

/** A connector or router is a name, or an object with one and arguments. */
function setNamed(spot: Spot, key: string, name: string): Json {
  return set(spot, isObject(get(spot.node, key)) ? [key, 'name'] : [key], name);
}

/** The other way round: ends and vertices change places, and labels stay where they are drawn. */
export function reverse(spot: Spot): Json {
  requireEdge(spot.node);
  const [source, target] = [get(spot.node, 'source'), get(spot.node, 'target')];
  let node = exchange(spot, 'source', target);
  node = exchange({ ...spot, node }, 'target', source);
  const vertices = get(node, 'vertices');
  if (isArray(vertices)) node = set({ ...spot, node }, ['vertices'], listOf(items(vertices).toReversed()));
  items(get(node, 'labels')).forEach((label, index) => {
    node = mirrorLabel({ ...spot, node }, label, index);
  });
  return node;
}

function exchange(spot: Spot, end: string, value: Json | undefined): Json {
  return value === undefined ? remove(spot, [end]) : set(spot, [end], value);
}

/** A share of the way counts from the other end; other distances are kept. */
function mirrorLabel(spot: Spot, label: Json, index: number): Json {
  const position = get(label, 'position');
  const path = ['labels', index, 'position', ...(isObject(position) ? ['distance'] : [])];
  const distance = asNumber(isObject(position) ? get(position, 'distance') : position);
  return distance !== undefined && distance > 0 && distance < 1 ? set(spot, path, 1 - distance) : spot.node;
}

export function requireEdge(node: Json): void {
  if (get(node, 'source') !== undefined || get(node, 'target') !== undefined) return;
  throw new OperationError('notAnEdge', 'This cell is no flow: it has no ends.');
}
