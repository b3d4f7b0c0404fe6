/// The order in which the keyboard goes through a diagram: row by row, a boundary before what stands in
/// it, and an element before the flows that leave it.
import { isCellEnd, type CellView, type DiagramView } from '../../model/views.ts';
import { boxOf, type Box } from '../geometry/box.ts';
import type { Point } from '../geometry/point.ts';
import { parents } from './nesting.ts';

const orders = new WeakMap<DiagramView, readonly CellView[]>();

export function readingOrder(diagram: DiagramView): readonly CellView[] {
  let order = orders.get(diagram);
  if (!order) {
    order = inOrder(diagram);
    orders.set(diagram, order);
  }
  return order;
}

interface Placed {
  readonly cell: CellView;
  readonly box: Box;
}

function inOrder(diagram: DiagramView): CellView[] {
  const { cells } = diagram;
  const parentOf = parents(cells);
  const byParent = grouped(cells, (cell) => parentOf.get(cell.id) ?? null);
  const bySource = grouped(cells, ({ source }) => (isCellEnd(source) ? source.cell : null));
  const order = new Set<CellView>();
  const visit = (parent: string | null) => {
    for (const cell of rows(byParent.get(parent) ?? [])) {
      order.add(cell);
      visit(cell.id);
      for (const flow of byPlace(bySource.get(cell.id) ?? [], diagram)) order.add(flow);
    }
  };
  visit(null);
  const others = cells.filter((cell) => !order.has(cell));
  for (const cell of byPlace(others, diagram)) order.add(cell);
  // Of those with the same id only the first can be told.
  return [...order].filter((cell) => diagram.cell(cell.id) === cell);
}

function grouped<K>(cells: readonly CellView[], keyOf: (cell: CellView) => K): ReadonlyMap<K, CellView[]> {
  const groups = new Map<K, CellView[]>();
  for (const cell of cells) {
    const group = groups.get(keyOf(cell));
    if (group) group.push(cell);
    else groups.set(keyOf(cell), [cell]);
  }
  return groups;
}

/** Row by row: an element whose middle is above the bottom of the row's first one is in that row. */
function rows(cells: readonly CellView[]): CellView[] {
  const placed = cells.flatMap((cell): Placed[] => {
    const box = boxOf(cell);
    return box ? [{ cell, box }] : [];
  });
  placed.sort((a, b) => a.box.y - b.box.y);
  const found: Placed[][] = [];
  for (const each of placed) {
    const row = found.at(-1);
    const first = row?.[0];
    const isIn = first && each.box.y + each.box.height / 2 < first.box.y + first.box.height;
    if (row && isIn) row.push(each);
    else found.push([each]);
  }
  return found.flatMap((row) => row.toSorted((a, b) => a.box.x - b.box.x).map(({ cell }) => cell));
}

/** By where they lead, or stand. */
function byPlace(cells: readonly CellView[], diagram: DiagramView): CellView[] {
  const placed = cells.map((cell) => ({ cell, at: placeOf(cell, diagram) }));
  placed.sort((a, b) => a.at.y - b.at.y || a.at.x - b.at.x);
  return placed.map(({ cell }) => cell);
}

/** The end of a flow, or any other point of it; what has no place comes last. */
function placeOf(cell: CellView, diagram: DiagramView): Point {
  const ends = [cell.target, cell.source].map((end) => (isCellEnd(end) ? boxOf(diagram.cell(end.cell) ?? cell) : end));
  return ends.find((point) => point !== null) ?? cell.vertices[0] ?? boxOf(cell) ?? NOWHERE;
}

const NOWHERE: Point = { x: Number.MAX_VALUE, y: Number.MAX_VALUE };

/** The cell before or after another; the first or last one when there is no other; null beyond the ends. */
export function beside(diagram: DiagramView, id: string | null, by: 1 | -1): CellView | null {
  const order = readingOrder(diagram);
  if (id === null) return order.at(by === 1 ? 0 : -1) ?? null;
  const index = order.findIndex((cell) => cell.id === id);
  return order[index + by] ?? null;
}
