/// What is drawn over what, changed with as few new levels as can be.
import type { CellView } from '../../model/views.ts';

/**
 * The levels with which cells are drawn in an order: those that differ from what they have. Of two on the same
 * level, the later in the file is drawn over the other. Only `moved` change unless others are in the way.
 */
export function levels(
  file: readonly CellView[],
  order: readonly CellView[],
  moved: ReadonlySet<CellView>,
): ReadonlyMap<CellView, number> {
  const indexes = new Map(file.map((cell, index) => [cell, index]));
  const found = new Map<CellView, number>();
  const level = (cell: CellView) => found.get(cell) ?? cell.zIndex;
  const isLater = (a: CellView, b: CellView) => (indexes.get(a) ?? 0) > (indexes.get(b) ?? 0);
  const isOver = (a: CellView, b: CellView) => level(a) > level(b) || (level(a) === level(b) && isLater(a, b));
  const first = order.findIndex((cell) => !moved.has(cell));
  // Those that go under all others are put there from above, so that the others stay.
  for (let index = first - 1; index >= 0; index -= 1) {
    const [cell, next] = [order[index], order[index + 1]];
    if (cell && next && !isOver(next, cell))
      found.set(cell, isLater(next, cell) ? level(next) : Math.ceil(level(next)) - 1);
  }
  for (let index = Math.max(first, 0) + 1; index < order.length; index += 1) {
    const [before, cell] = [order[index - 1], order[index]];
    const next = order.slice(index + 1).find((each) => !moved.has(each));
    if (!before || !cell) continue;
    const isHigh = moved.has(cell) && next !== undefined && !isOver(next, cell);
    if (isOver(cell, before) && !isHigh) continue;
    found.set(cell, isLater(cell, before) ? level(before) : Math.floor(level(before)) + 1);
  }
  return new Map([...found].filter(([cell, value]) => value !== cell.zIndex));
}
