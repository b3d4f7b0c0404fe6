/// Copies of cells: with ids of their own, tied to each other as the originals are, and with threats that
/// get numbers of their own.
import { set, type Path } from '../../../model/json/edit.ts';
import { layoutOf } from '../../../model/json/layout.ts';
import {
  asNumber,
  asText,
  at,
  get,
  isObject,
  items,
  type Container,
  type Json,
  type JsonValue,
} from '../../../model/json/node.ts';
import type { Operation } from '../../../model/operation.ts';
import type { DiagramView, Point } from '../../../model/views.ts';
import type { LooseEnd } from './clip.ts';

/** What is copied, and where to. */
export interface Copying {
  readonly cells: readonly Container[];
  readonly ends: readonly LooseEnd[];
  readonly by: Point;
  readonly into: DiagramView;
  readonly newId: () => string;
}

export interface Copies {
  readonly operations: Operation[];
  readonly ids: readonly string[];
}

/** The copies' ids by those of the originals, and those of their ports by cell and port. */
interface Fresh {
  readonly cells: ReadonlyMap<string, string>;
  readonly ports: ReadonlyMap<string, string>;
}

export function copies(copying: Copying): Copies {
  const originals = copying.cells.map((cell) => ({ cell, old: idOf(cell), id: copying.newId() }));
  // Of several cells with one id in a file, flows are at the first.
  const cells = new Map(originals.toReversed().map(({ old, id }) => [old, id]));
  const fresh: Fresh = { cells, ports: portsOf(copying) };
  const diagram = copying.into.id ?? 0;
  const operations = originals.flatMap(({ cell, old, id }): Operation[] => {
    const threats = items(at(cell, 'data', 'threats'));
    const bare = threats.length > 0 ? put(cell, ['data', 'threats'], []) : cell;
    const alike = related(tied(bare, old, fresh, copying), old, fresh);
    return [
      { type: 'addCell', diagram, cell: put(moved(alike, copying.by), ['id'], id) },
      ...threats.map((threat) => addition(threat, diagram, id, copying.newId())),
    ];
  });
  return { operations, ids: originals.map(({ id }) => id) };
}

function idOf(node: Json): string {
  return asText(get(node, 'id')) ?? '';
}

function portKey(cell: string, port: string): string {
  return JSON.stringify([cell, port]);
}

function portsOf({ cells, newId }: Copying): ReadonlyMap<string, string> {
  const ports = cells.flatMap((cell) =>
    items(at(cell, 'ports', 'items')).map((port) => [idOf(cell), idOf(port)] as const),
  );
  return new Map(ports.filter(([, port]) => port !== '').map(([cell, port]) => [portKey(cell, port), newId()]));
}

/** Where a cell names others, or flows that cross it. */
const RELATIONS: readonly Path[] = [
  ['data', 'containedElements'],
  ['data', 'crossingFlows'],
  ['data', 'trustBoundaryIds'],
  ['children'],
];

/** The cell with its ports, and with the copies' ids where it names what is copied too. */
function related(cell: Json, id: string, { cells, ports }: Fresh): Json {
  const named = RELATIONS.flatMap((path) =>
    items(at(cell, ...path.map(String))).map(
      (each, index) => [[...path, index], cells.get(asText(each) ?? '')] as const,
    ),
  );
  const parent = [['parent'], cells.get(asText(get(cell, 'parent')) ?? '')] as const;
  const own = items(at(cell, 'ports', 'items')).map(
    (port, index) => [['ports', 'items', index, 'id'], ports.get(portKey(id, idOf(port)))] as const,
  );
  return [...named, parent, ...own].reduce((node, [path, to]) => (to === undefined ? node : put(node, path, to)), cell);
}

/** The operation that adds a copy of a threat: it gets the model's next number. */
export function addition(threat: Json, diagram: number, cell: string, id: string): Operation {
  return { type: 'addThreat', diagram, cell, threat: put(threat, ['id'], id) };
}

/** The flow with its ends at the copies; where there is none, at the same cell, or where the end was. */
function tied(flow: Json, id: string, { cells, ports }: Fresh, { ends, into }: Copying): Json {
  let node = flow;
  for (const end of ['source', 'target'] as const) {
    const cell = asText(at(node, end, 'cell'));
    const copy = cell === undefined ? undefined : cells.get(cell);
    if (copy !== undefined) node = put(node, [end, 'cell'], copy);
    const port = ports.get(portKey(cell ?? '', asText(at(node, end, 'port')) ?? ''));
    if (port !== undefined) node = put(node, [end, 'port'], port);
    if (copy !== undefined || (cell !== undefined && into.cell(cell))) continue;
    const place = ends.find((each) => each.cell === id && each.end === end);
    if (place && isObject(get(node, end))) node = put(node, [end], { x: place.x, y: place.y });
  }
  return node;
}

function moved(cell: Json, by: Point): Json {
  const vertices = items(get(cell, 'vertices')).map((_, index): Path => ['vertices', index]);
  return [['position'], ['source'], ['target'], ...vertices].reduce((node, path) => shifted(node, path, by), cell);
}

function shifted(cell: Json, path: Path, by: Point): Json {
  const point = path.reduce<Json | undefined>(
    (node, step) => (typeof step === 'number' ? items(node)[step] : get(node, step)),
    cell,
  );
  const [x, y] = [asNumber(get(point, 'x')), asNumber(get(point, 'y'))];
  if (x === undefined || y === undefined) return cell;
  return put(put(cell, [...path, 'x'], x + by.x), [...path, 'y'], y + by.y);
}

function put(node: Json, path: Path, value: JsonValue): Json {
  return set({ layout: layoutOf(node), node, place: null }, path, value);
}
