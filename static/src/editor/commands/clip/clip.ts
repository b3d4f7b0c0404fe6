/// What is on the clipboard: cells or threats as text, read with the same mistrust as a file.
import { t } from '../../../i18n/translate.svelte.ts';
import {
  asNumber,
  asText,
  get,
  isArray,
  isObject,
  items,
  type Container,
  type Json,
} from '../../../model/json/node.ts';
import { JsonError, parse } from '../../../model/json/parse.ts';
import { isCellEnd, type CellView, type DiagramView, type Point, type ThreatView } from '../../../model/views.ts';
import { flowPath } from '../../geometry/flow.ts';

/** Where an end was that is not tied to a copied cell. */
export interface LooseEnd extends Point {
  readonly cell: string;
  readonly end: 'source' | 'target';
}

export type Clip =
  | { readonly kind: 'cells'; readonly cells: readonly Container[]; readonly ends: readonly LooseEnd[] }
  | { readonly kind: 'threats'; readonly threats: readonly Container[] };

/** Why a text is no clip; `message` is a sentence, fit for showing. */
export class NoClip extends Error {}

/** Larger texts are not read at all. */
const LENGTH_MAX = 5_000_000;
const CELLS_MAX = 5_000;

export function cellsText(cells: readonly CellView[], diagram: DiagramView): string {
  const ids = new Set(cells.map((cell) => cell.id));
  const ends = cells.flatMap((cell) => (cell.isEdge ? looseEnds(cell, diagram, ids) : []));
  const nodes = cells.map((cell) => cell.node.raw).join(',');
  return `{"wyvern":"cells","cells":[${nodes}],"ends":${JSON.stringify(ends)}}`;
}

export function threatsText(threats: readonly ThreatView[]): string {
  return `{"wyvern":"threats","threats":[${threats.map((threat) => threat.node.raw).join(',')}]}`;
}

function looseEnds(flow: CellView, diagram: DiagramView, copied: ReadonlySet<string>): LooseEnd[] {
  const { start, end } = flowPath(flow, diagram);
  const places = { source: start, target: end };
  return (['source', 'target'] as const).flatMap((side) => {
    const tied = flow[side];
    if (tied !== null && !(isCellEnd(tied) && !copied.has(tied.cell))) return [];
    return [{ cell: flow.id, end: side, x: Math.round(places[side].x), y: Math.round(places[side].y) }];
  });
}

/** @throws {NoClip} */
export function clipOf(text: string): Clip {
  if (text.length > LENGTH_MAX) throw new NoClip(t('commands.clip-too-large'));
  const root = rootOf(text);
  const kind = asText(get(root, 'wyvern'));
  if (kind === 'threats') return { kind, threats: objects(get(root, 'threats'), isThreat) };
  if (kind !== 'cells') throw new NoClip(t('commands.clip-none'));
  const cells = objects(get(root, 'cells'), isCell);
  const ids = new Set(cells.map((cell) => asText(get(cell, 'id'))));
  if (ids.size < cells.length) throw damaged();
  return { kind, cells, ends: items(get(root, 'ends')).flatMap(looseEnd) };
}

function rootOf(text: string): Json {
  try {
    return parse(text).root;
  } catch (thrown) {
    if (thrown instanceof JsonError) throw new NoClip(t('commands.clip-none'));
    throw thrown;
  }
}

/** A list of sound parts, and not an empty one. */
function objects(list: Json | undefined, isSound: (part: Container) => boolean): Container[] {
  const parts = items(list).filter(isObject);
  const isWhole = isArray(list) && parts.length === items(list).length && parts.every(isSound);
  if (!isWhole || parts.length === 0 || parts.length > CELLS_MAX) throw damaged();
  return parts;
}

function damaged(): NoClip {
  return new NoClip(t('commands.clip-damaged'));
}

function isThreat(threat: Container): boolean {
  return ['title', 'status', 'severity', 'type'].every((key) => asText(get(threat, key)) !== undefined);
}

/** An element must have a place: one that has none would not be seen. */
function isCell(cell: Container): boolean {
  const [id, shape, data] = [asText(get(cell, 'id')), asText(get(cell, 'shape')), get(cell, 'data')];
  if (!id || !shape || (data !== undefined && !isObject(data))) return false;
  const threats = get(data, 'threats');
  if (threats !== undefined && !(isArray(threats) && items(threats).every(isObject))) return false;
  const ends = [get(cell, 'source'), get(cell, 'target')];
  if (![...ends, ...items(get(cell, 'vertices'))].every(isSaneIfSaid)) return false;
  return (
    ends.some(isObject) || (isPlace(get(cell, 'position'), 'x', 'y') && isPlace(get(cell, 'size'), 'width', 'height'))
  );
}

function isPlace(node: Json | undefined, ...keys: string[]): boolean {
  return keys.every((key) => isSane(asNumber(get(node, key))));
}

/** An end may be at a cell, and then says no place. */
function isSaneIfSaid(point: Json | undefined): boolean {
  return ['x', 'y'].map((key) => asNumber(get(point, key))).every((number) => number === undefined || isSane(number));
}

/** Beyond this nobody finds it again. */
const FAR = 1e6;

function isSane(number: number | undefined): number is number {
  return number !== undefined && Math.abs(number) <= FAR;
}

function looseEnd(node: Json): LooseEnd[] {
  const [cell, end] = [asText(get(node, 'cell')), asText(get(node, 'end'))];
  const [x, y] = [asNumber(get(node, 'x')), asNumber(get(node, 'y'))];
  if (cell === undefined || (end !== 'source' && end !== 'target') || !isSane(x) || !isSane(y)) return [];
  return [{ cell, end, x, y }];
}
