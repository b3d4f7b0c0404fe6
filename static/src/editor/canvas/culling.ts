/// Which cells are drawn at all: in a large diagram those in view, and a margin so that panning draws few anew.
import type { Box } from '../geometry/box.ts';
import { contains, grow } from '../geometry/box.ts';

/** Up to so many cells, all are drawn. */
export const ALWAYS_DRAWN = 400;

/** What is drawn must stay the same while one pans a little: the part of the view's size kept around it. */
const MARGIN = 0.5;

/**
 * The part of the plane that is drawn, given what was drawn before: the same one while it still holds what is
 * seen and is not far larger, as after zooming in.
 */
export function drawnArea(visible: Box, before: Box | null): Box {
  if (before && contains(before, visible) && before.width <= visible.width * (1 + 4 * MARGIN)) return before;
  const margin = Math.max(visible.width, visible.height) * MARGIN;
  return grow(visible, margin);
}

interface Bounded {
  readonly bounds: Box | null;
}

/** Those in the area, and those to be kept in any case. The same list when all are drawn. */
export function inArea<T extends Bounded>(all: readonly T[], area: Box, isKept: (one: T) => boolean): readonly T[] {
  if (all.length <= ALWAYS_DRAWN) return all;
  return all.filter((one) => one.bounds === null || touches(area, one.bounds) || isKept(one));
}

/** Whether they share at least a border: a straight flow has no height. */
function touches(a: Box, b: Box): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}
