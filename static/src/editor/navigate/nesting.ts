/// Which trust boundary box each element stands in: the smallest that holds it wholly.
import type { CellView } from '../../model/views.ts';
import { contains, type Box } from '../geometry/box.ts';
import { boundsOf } from '../geometry/place.ts';

interface Placed {
  readonly cell: CellView;
  readonly box: Box;
}

/** The id of the box around each element that has a place; null for those in none. */
export function parents(cells: readonly CellView[]): ReadonlyMap<string, string | null> {
  const placed = cells.flatMap((cell): Placed[] => {
    const box = boundsOf(cell);
    return box ? [{ cell, box }] : [];
  });
  // The smallest first; of two of the same size, the one that is drawn later is the inner one.
  const boundaries = placed
    .filter(({ cell }) => cell.kind === 'boundary-box')
    .toReversed()
    .toSorted((a, b) => area(a.box) - area(b.box));
  return new Map(placed.map((each) => [each.cell.id, parentOf(each, boundaries)]));
}

function parentOf({ cell, box }: Placed, boundaries: readonly Placed[]): string | null {
  const rank = boundaries.findIndex((each) => each.cell === cell);
  // A boundary lies only in those behind it in the order: so two of the same box are not in each other.
  return boundaries.find((each, index) => index > rank && contains(each.box, box))?.cell.id ?? null;
}

function area(box: Box): number {
  return box.width * box.height;
}
