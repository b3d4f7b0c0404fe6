/// Which cell is drawn over which.
import type { CellView } from '../../model/views.ts';

/** From back to front: by level, then as in the file. The same list when it is in order. */
export function backToFront(cells: readonly CellView[]): readonly CellView[] {
  const inOrder = cells.every((cell, index) => (cells[index - 1]?.zIndex ?? -Infinity) <= cell.zIndex);
  return inOrder ? cells : cells.toSorted((a, b) => a.zIndex - b.zIndex);
}
