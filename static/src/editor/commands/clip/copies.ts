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

export function copies(copying: Copying): Copies {
  const ids = new Map(copying.cells.map((cell) => [asText(get(cell, 'id')) ?? '', copying.newId()]));
  const diagram = copying.into.id ?? 0;
  const operations = copying.cells.flatMap((original): Operation[] => {
    const old = asText(get(original, 'id')) ?? '';
    const cell = ids.get(old) ?? '';
    const threats = items(at(original, 'data', 'threats'));
    const bare = threats.length > 0 ? put(original, ['data', 'threats'], []) : original;
    const copy = put(moved(tied(bare, old, ids, copying), copying.by), ['id'], cell);
    return [
      { type: 'addCell', diagram, cell: copy },
      ...threats.map((threat) => addition(threat, diagram, cell, copying.newId())),
    ];
  });
  return { operations, ids: [...ids.values()] };
}

/** The operation that adds a copy of a threat: it gets the model's next number. */
export function addition(threat: Json, diagram: number, cell: string, id: string): Operation {
  return { type: 'addThreat', diagram, cell, threat: put(threat, ['id'], id) };
}

/** The flow with its ends at the copies; where there is none, at the same cell, or where the end was. */
function tied(flow: Json, id: string, ids: ReadonlyMap<string, string>, { ends, into }: Copying): Json {
  let node = flow;
  for (const end of ['source', 'target'] as const) {
    const cell = asText(at(node, end, 'cell'));
    const copy = cell === undefined ? undefined : ids.get(cell);
    if (copy !== undefined) node = put(node, [end, 'cell'], copy);
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
