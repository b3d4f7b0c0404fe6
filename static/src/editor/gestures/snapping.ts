/// How what is moved or drawn snaps: to lines of what is seen, else to the grid.
import type { Editor } from '../editor.svelte.ts';
import { overlaps, type Box } from '../geometry/box.ts';
import { onGrid } from '../geometry/grid.ts';
import { boundsOf } from '../geometry/place.ts';
import { snap, type SnapLines } from '../geometry/snap.ts';
import type { Point } from '../../model/views.ts';

/** How near something must be to snap, in pixels of the screen. */
const NEAR = 6;

/** The boxes of the elements that are seen, without those that are moved. */
export function others(editor: Editor, without: (id: string) => boolean): Box[] {
  const { visible } = editor.view;
  return editor.cells.flatMap((cell) => {
    const bounds = without(cell.id) ? null : boundsOf(cell);
    return bounds !== null && overlaps(bounds, visible) ? [bounds] : [];
  });
}

/** By how much more to shift `box` so that it snaps; shows the lines that it snaps to. Whole pixels, at least. */
export function snapped(editor: Editor, box: Box, around: readonly Box[], lines?: SnapLines): Point {
  if (!editor.grid.snaps) return { x: Math.round(box.x) - box.x, y: Math.round(box.y) - box.y };
  const found = snap(box, around, NEAR / editor.view.zoom, lines);
  editor.traces.guides = found.guides;
  editor.traces.gaps = found.gaps;
  const held = (axis: 'x' | 'y') => [...found.guides, ...found.gaps].some((line) => line.axis === axis);
  const grid = onGrid(box);
  return {
    x: held('x') ? found.dx : grid.x - box.x,
    y: held('y') ? found.dy : grid.y - box.y,
  };
}

/** A point on the grid, when things snap to it. */
export function gridded(editor: Editor, point: Point, suspended: boolean): Point {
  if (suspended || !editor.grid.snaps) return { x: Math.round(point.x), y: Math.round(point.y) };
  return onGrid(point);
}
