/// Edits of what has ends: flows and boundary curves.
import { remove, set, setAll, update, type Spot } from '../json/edit.ts';
import { asNumber, asText, at, Container, get, isArray, isObject, items, type Json } from '../json/node.ts';
import { OperationError, type Operation } from '../operation.ts';
import { isCellEnd, type Point, type Route } from '../views.ts';
import { plain, requireFinite } from './cells.ts';

type SetEnd = Extract<Operation, { type: 'setEnd' }>;

/** What else an end says stays; what belongs to the other form goes. */
export function setEnd(spot: Spot, end: SetEnd['end'], to: SetEnd['to']): Json {
  requireEdge(spot.node);
  const members: [string, string | number][] = isCellEnd(to)
    ? [['cell', to.cell], ...(to.port === undefined ? [] : [['port', to.port] satisfies [string, string]])]
    : [['x', plain(to.x)], ['y', plain(to.y)]];
  if (!isCellEnd(to)) requireFinite([to.x, to.y], 'The end of a flow must be made of finite numbers.');
  if (!isObject(get(spot.node, end))) return set(spot, [end], Object.fromEntries(members));
  const goes = ['cell', 'port', 'x', 'y'].filter((key) => !members.some(([kept]) => kept === key));
  let node = setAll(spot, [end], members);
  for (const key of goes) node = remove({ ...spot, node }, [end, key]);
  return node;
}

/** Where as many vertices stay, what else they say stays. */
export function setVertices(spot: Spot, vertices: readonly Point[]): Json {
  requireEdge(spot.node);
  requireFinite(vertices.flatMap(({ x, y }) => [x, y]), 'Vertices must be made of finite numbers.');
  const old = get(spot.node, 'vertices');
  if (old === undefined && vertices.length === 0) return spot.node;
  if (!isArray(old) || old.parts.length !== vertices.length) {
    return set(spot, ['vertices'], vertices.map(({ x, y }) => ({ x: plain(x), y: plain(y) })));
  }
  let { node } = spot;
  vertices.forEach(({ x, y }, index) => {
    const place = ['vertices', index];
    const xy = [['x', plain(x)], ['y', plain(y)]] as const;
    node = isObject(old.parts[index]?.value)
      ? setAll({ ...spot, node }, place, xy)
      : set({ ...spot, node }, place, Object.fromEntries(xy));
  });
  return node;
}

export function setRoute(spot: Spot, route: Route): Json {
  requireEdge(spot.node);
  const connector = route === 'smooth' ? 'smooth' : 'normal';
  const named = asText(get(spot.node, 'connector')) ?? asText(at(spot.node, 'connector', 'name'));
  const node = named === connector ? spot.node : set(spot, ['connector'], connector);
  if (route !== 'orthogonal') return remove({ ...spot, node }, ['router']);
  const router = asText(get(node, 'router')) ?? asText(at(node, 'router', 'name'));
  return router === 'orth' ? node : set({ ...spot, node }, ['router'], 'orth');
}

/** The other way round: ends and vertices change places, and the label stays where it is drawn. */
export function reverse(spot: Spot): Json {
  requireEdge(spot.node);
  const [source, target] = [get(spot.node, 'source'), get(spot.node, 'target')];
  let node = exchange(spot, 'source', target);
  node = exchange({ ...spot, node }, 'target', source);
  const vertices = get(node, 'vertices');
  if (isArray(vertices)) {
    const parts = vertices.parts.map((part, index) => ({ ...part, value: (vertices.parts.at(-1 - index) ?? part).value }));
    node = update({ ...spot, node }, ['vertices'], () => new Container('array', parts, vertices.tail));
  }
  return mirrorLabel({ ...spot, node });
}

function exchange(spot: Spot, end: string, value: Json | undefined): Json {
  return value === undefined ? remove(spot, [end]) : update(spot, [end], () => value);
}

/** A share of the way counts from the other end; other distances are kept. */
function mirrorLabel(spot: Spot): Json {
  const label = items(get(spot.node, 'labels'))[0];
  const position = get(label, 'position');
  const path = isObject(position) ? ['labels', 0, 'position', 'distance'] : ['labels', 0, 'position'];
  const distance = asNumber(isObject(position) ? get(position, 'distance') : position);
  return distance !== undefined && distance > 0 && distance < 1 ? set(spot, path, 1 - distance) : spot.node;
}

export function requireEdge(node: Json): void {
  if (get(node, 'source') !== undefined || get(node, 'target') !== undefined) return;
  throw new OperationError('notAnEdge', 'This cell is no flow: it has no ends.');
}
