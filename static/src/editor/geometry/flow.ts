/// Where a flow or a boundary curve runs: from outline to outline, through its vertices.
import { isCellEnd, type CellView, type DiagramView, type End } from '../../model/views.ts';
import { boxOf, centre, type Box } from './box.ts';
import { corners } from './orthogonal.ts';
import { meets, outlineOf } from './outline.ts';
import { bendsOf } from './parallel.ts';
import type { Path } from './path.ts';
import { between, distance, turned, type Point } from './point.ts';
import { portPoint } from './ports.ts';
import { smooth, straight } from './spline.ts';

export interface FlowPath {
  readonly path: Path;
  readonly start: Point;
  readonly end: Point;
  /** Which ends are tied to nothing that is in the diagram and have no place of their own. */
  readonly loose: { readonly start: boolean; readonly end: boolean };
}

/** What an end aims at. */
interface Anchor {
  readonly point: Point;
  /** The element whose outline the flow meets; null for a port or a plain point. */
  readonly node: CellView | null;
  readonly box: Box | null;
}

/** How long a flow is drawn whose other end is nowhere. */
const STUB = 120;
/** How far out of the corner of its element a loop goes; each further loop as much more. */
const LOOP = 30;
/** How far before the corner a loop leaves its element: this part of the shorter side, of 100 at the most. */
const LOOP_START = 1 / 4;
/** The ends of a loop with one vertex are this many degrees to each side of it, seen from the centre. */
const LOOP_SPREAD = 18;

/** What a path was worked out from: as long as it is the same, the path is. */
interface Known {
  readonly source: CellView | undefined;
  readonly target: CellView | undefined;
  readonly bend: number;
  readonly flow: FlowPath;
}

const known = new WeakMap<CellView, Known>();

/** The path of a cell with ends. The same path for the same flow between the same elements. */
export function flowPath(cell: CellView, diagram: DiagramView): FlowPath {
  const source = endCell(cell.source, diagram);
  const target = endCell(cell.target, diagram);
  const bend = bendsOf(diagram).get(cell) ?? 0;
  const last = known.get(cell);
  if (last?.source === source && last?.target === target && last?.bend === bend) return last.flow;
  const flow = laidOut(cell, diagram, bend, 0);
  const onFlows = source?.isEdge === true || target?.isEdge === true;
  if (!onFlows) known.set(cell, { source, target, bend, flow });
  return flow;
}

function endCell(end: End, diagram: DiagramView): CellView | undefined {
  return isCellEnd(end) ? diagram.cell(end.cell) : undefined;
}

function laidOut(cell: CellView, diagram: DiagramView, bend: number, depth: number): FlowPath {
  const source = anchorOf(cell, cell.source, diagram, depth);
  const target = anchorOf(cell, cell.target, diagram, depth);
  if (source?.node && source.node === target?.node) return loop(cell, source.node, bend);
  const vertices = [...cell.vertices];
  const [from, to] = settled(source, target, vertices);
  if (vertices.length === 0 && bend !== 0) vertices.push(aside(from.point, to.point, bend));
  const route = cell.route === 'orthogonal' ? corners(from, vertices, to) : vertices;
  const start = met(from, route[0] ?? to.point);
  const end = met(to, route.at(-1) ?? from.point);
  return {
    path: through(cell, [start, ...route, end]),
    start,
    end,
    loose: { start: source === null, end: target === null },
  };
}

function through(cell: CellView, points: readonly Point[]): Path {
  return cell.route === 'smooth' ? smooth(points) : straight(points);
}

function met(anchor: Anchor, from: Point): Point {
  const { node, box, point } = anchor;
  return node === null || box === null ? point : meets(outlineOf(node.kind), box, node.angle, from);
}

function anchorOf(flow: CellView, end: End, diagram: DiagramView, depth: number): Anchor | null {
  if (end === null) return null;
  if (!isCellEnd(end)) return { point: end, node: null, box: null };
  const cell = endCell(end, diagram);
  if (cell === undefined || cell === flow) return null;
  if (cell.isEdge) return onFlow(cell, diagram, depth);
  const box = boxOf(cell);
  if (box === null) return null;
  const port = end.port === undefined ? null : portPoint(cell, end.port);
  return port === null ? { point: centre(box), node: cell, box } : { point: port, node: null, box };
}

/** A flow that ends at another ends in the middle of it; one that hangs on a third there is not followed. */
function onFlow(cell: CellView, diagram: DiagramView, depth: number): Anchor | null {
  if (depth > 0) return null;
  const { path } = laidOut(cell, diagram, bendsOf(diagram).get(cell) ?? 0, depth + 1);
  return { point: path.at(path.length / 2), node: null, box: null };
}

/** Both ends with a place: a loose end is at the outermost vertex, else a little way from the other end. */
function settled(source: Anchor | null, target: Anchor | null, vertices: Point[]): [Anchor, Anchor] {
  const from = source ?? loose(vertices.shift(), target, -1);
  const to = target ?? loose(vertices.pop(), from, 1);
  return [from, to];
}

function loose(vertex: Point | undefined, other: Anchor | null, direction: 1 | -1): Anchor {
  return { point: vertex ?? besides(other, direction), node: null, box: null };
}

function besides(other: Anchor | null, direction: 1 | -1): Point {
  if (other === null) return { x: 0, y: 0 };
  const reach = (other.node === null ? 0 : (other.box?.width ?? 0) / 2) + STUB;
  return { x: other.point.x + direction * reach, y: other.point.y };
}

/** A point beside the middle of the way, to the right of its direction. */
function aside(from: Point, to: Point, by: number): Point {
  const length = distance(from, to);
  const middle = between(from, to, 0.5);
  if (length === 0) return middle;
  return {
    x: middle.x - ((to.y - from.y) / length) * by,
    y: middle.y + ((to.x - from.x) / length) * by,
  };
}

/** A flow from an element to itself, round its upper right corner unless it has vertices. */
function loop(cell: CellView, node: CellView, bend: number): FlowPath {
  const box = boxOf(node) ?? { x: 0, y: 0, width: 0, height: 0 };
  const middle = centre(box);
  const anchor = { point: middle, node, box };
  const vertices = cell.vertices.length > 0 ? cell.vertices : roundCorner(box, LOOP + bend);
  const route = cell.route === 'orthogonal' ? corners(anchor, vertices, anchor) : vertices;
  const spread = route.length === 1 ? LOOP_SPREAD : 0;
  const start = met(anchor, turned(route[0] ?? middle, middle, -spread));
  const end = met(anchor, turned(route.at(-1) ?? middle, middle, spread));
  const path = through(cell, [start, ...route, end]);
  return { path, start, end, loose: { start: false, end: false } };
}

function roundCorner(box: Box, out: number): Point[] {
  const before = Math.min(box.width, box.height, 100) * LOOP_START;
  const right = box.x + box.width;
  const top = box.y - out;
  return [
    { x: right - before, y: top },
    { x: right + out, y: top },
    { x: right + out, y: box.y + before },
  ];
}
