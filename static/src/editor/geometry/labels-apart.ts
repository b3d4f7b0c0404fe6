/// Labels of flows between the same two elements that nobody has placed are drawn apart where they would cover
/// each other. Only as drawn: nothing of it is stored.
import { isCellEnd, type CellView, type DiagramView } from '../../model/views.ts';
import { grow, overlaps, type Box } from './box.ts';
import { flowPath } from './flow.ts';
import { labelPoint } from './label.ts';
import type { Point } from './point.ts';
import { lines } from './text.ts';

/** By how much it is tried to shift a label each time, and how often. */
const STEP = 10;
const TRIES = 16;
/** How far labels stay apart. */
const BETWEEN = 4;

const known = new WeakMap<DiagramView, ReadonlyMap<CellView, Point>>();

/** The middle of the label of a flow or a boundary curve. */
export function labelMiddle(cell: CellView, diagram: DiagramView): Point {
  return shifted(diagram).get(cell) ?? usual(cell, diagram);
}

/** The middle of a label that makes room for others; undefined when it stands where its flow says. */
export function labelShifted(cell: CellView, diagram: DiagramView): Point | undefined {
  return shifted(diagram).get(cell);
}

function shifted(diagram: DiagramView): ReadonlyMap<CellView, Point> {
  let found = known.get(diagram);
  if (found === undefined) {
    found = shiftedAmong(diagram);
    known.set(diagram, found);
  }
  return found;
}

function shiftedAmong(diagram: DiagramView): Map<CellView, Point> {
  const found = new Map<CellView, Point>();
  for (const group of groupsOf(diagram.cells)) {
    const taken = group.filter((cell) => !isFree(cell)).map((cell) => boxAt(cell, usual(cell, diagram)));
    for (const cell of group.filter(isFree)) {
      const places = placesFor(cell, diagram);
      const place = places.find((point) => !taken.some((box) => overlaps(box, boxAt(cell, point)))) ?? places[0];
      if (place === undefined) continue;
      taken.push(boxAt(cell, place));
      if (place !== places[0]) found.set(cell, place);
    }
  }
  return found;
}

/** Flows with words, by the two elements that they join; only where there are several. */
function groupsOf(cells: readonly CellView[]): CellView[][] {
  const groups = new Map<string, CellView[]>();
  for (const cell of cells) {
    const key = cell.isEdge ? keyOf(cell) : null;
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [cell]);
    else group.push(cell);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

const keys = new WeakMap<CellView, string | null>();

function keyOf(cell: CellView): string | null {
  let key = keys.get(cell);
  if (key === undefined) {
    const { source, target, label } = cell;
    const joins = isCellEnd(source) && isCellEnd(target) && label.text !== '';
    key = joins ? [source.cell, target.cell].toSorted().join('\n') : null;
    keys.set(cell, key);
  }
  return key;
}

/** Whether its label is where every new one is. */
function isFree({ label }: CellView): boolean {
  return label.distance === 0.5 && label.offset === 0;
}

function usual(cell: CellView, diagram: DiagramView): Point {
  return labelPoint(flowPath(cell, diagram).path, cell.label.distance, cell.label.offset);
}

/** Where a label may go, its usual place first: along its flow, or a little beside it. */
function placesFor(cell: CellView, diagram: DiagramView): Point[] {
  const { path } = flowPath(cell, diagram);
  const half = path.length / 2;
  const most = lines(cell.label.text).height / 2 + STEP;
  const places = [usual(cell, diagram)];
  for (let by = STEP; by <= STEP * TRIES; by += STEP) {
    if (by < half * 0.8)
      places.push(labelPoint(path, 0.5 + by / path.length), labelPoint(path, 0.5 - by / path.length));
    if (by <= most) places.push(labelPoint(path, 0.5, by), labelPoint(path, 0.5, -by));
  }
  return places;
}

function boxAt(cell: CellView, { x, y }: Point): Box {
  const { width, height } = lines(cell.label.text);
  return grow({ x: x - width / 2, y: y - height / 2, width, height }, BETWEEN);
}
