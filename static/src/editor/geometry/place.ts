/// What lies in what: the boundaries around an element, the contents of a boundary, what a flow crosses.
import { isCellEnd, type CellView, type DiagramView, type End } from '../../model/views.ts';
import { boxOf, contains, holds, rotatedBounds, sizeOf, type Box } from './box.ts';
import { flowPath } from './flow.ts';
import { somePieces } from './pieces.ts';
import type { Point } from './point.ts';

/** The upright box around an element as it is turned; null for what has no place. */
export function boundsOf(cell: CellView): Box | null {
  const box = boxOf(cell);
  return box === null ? null : rotatedBounds(box, cell.angle);
}

/** The boundary boxes that hold an element wholly, the innermost first. */
export function boundariesAround(cell: CellView, diagram: DiagramView): CellView[] {
  return boxes(diagram)
    .filter((boundary) => boundary !== cell && isIn(cell, boundary, diagram))
    .toSorted((a, b) => area(a) - area(b));
}

/** All cells that a boundary box holds wholly: what moves with it. */
export function contents(boundary: CellView, diagram: DiagramView): CellView[] {
  if (boundary.kind !== 'boundary-box') return [];
  return diagram.cells.filter((cell) => cell !== boundary && isIn(cell, boundary, diagram));
}

/** The boundaries that a flow crosses: boxes that hold just one of its ends, curves that it runs over. */
export function crossings(flow: CellView, diagram: DiagramView): CellView[] {
  if (!flow.isEdge) return [];
  const { path, start, end } = flowPath(flow, diagram);
  return boundariesOf(diagram).filter((boundary) => {
    if (boundary === flow) return false;
    if (boundary.kind === 'boundary-curve') {
      return somePieces(path, flowPath(boundary, diagram).path, meet);
    }
    const startIn = endIn(flow.source, start, boundary, diagram);
    return startIn !== endIn(flow.target, end, boundary, diagram);
  });
}

const known = new WeakMap<DiagramView, readonly CellView[]>();

/** The boundaries of a diagram, found once: they are asked for by each of its cells. */
function boundariesOf(diagram: DiagramView): readonly CellView[] {
  let found = known.get(diagram);
  if (found === undefined) {
    found = diagram.cells.filter((cell) => cell.isBoundary);
    known.set(diagram, found);
  }
  return found;
}

function boxes(diagram: DiagramView): CellView[] {
  return boundariesOf(diagram).filter((cell) => cell.kind === 'boundary-box');
}

function area(cell: CellView): number {
  const { width, height } = sizeOf(cell);
  return width * height;
}

/** Whether a boundary box holds a cell wholly: of a flow, both ends and all vertices. */
function isIn(cell: CellView, boundary: CellView, diagram: DiagramView): boolean {
  if (cell.isEdge) {
    return (
      endIn(cell.source, null, boundary, diagram) &&
      endIn(cell.target, null, boundary, diagram) &&
      cell.vertices.every((vertex) => pointIn(vertex, boundary))
    );
  }
  const outer = boundsOf(boundary);
  const inner = boundsOf(cell);
  return outer !== null && inner !== null && contains(outer, inner);
}

/** Whether an end is in a boundary: its element wholly, its point, or where it is drawn when it is loose. */
function endIn(end: End, drawn: Point | null, boundary: CellView, diagram: DiagramView): boolean {
  if (end !== null && !isCellEnd(end)) return pointIn(end, boundary);
  const cell = end === null ? undefined : diagram.cell(end.cell);
  if (cell === boundary) return false;
  if (cell === undefined || cell.isEdge) return drawn !== null && pointIn(drawn, boundary);
  return isIn(cell, boundary, diagram);
}

function pointIn(point: Point, boundary: CellView): boolean {
  const box = boundsOf(boundary);
  return box !== null && holds(box, point);
}

/** Whether two straight pieces cross or touch. */
function meet(a: Point, b: Point, c: Point, d: Point): boolean {
  return side(a, b, c) !== side(a, b, d) && side(c, d, a) !== side(c, d, b);
}

function side(from: Point, to: Point, point: Point): boolean {
  return (to.x - from.x) * (point.y - from.y) - (to.y - from.y) * (point.x - from.x) > 0;
}
