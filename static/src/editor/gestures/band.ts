/// The rubber band: it selects what it touches, or only what it holds.
import { t } from '../../i18n/translate.svelte.ts';
import type { Editor } from '../editor.svelte.ts';
import { contains, grow, holds, overlaps, type Box } from '../geometry/box.ts';
import { flowPath } from '../geometry/flow.ts';
import { boundsOf } from '../geometry/place.ts';
import type { CellView, DiagramView, Point } from '../../model/views.ts';
import type { Drag } from './drag.ts';

/** From right to left, or with Alt, it selects only what lies in it wholly. */
export function bandDrag(editor: Editor, from: Point, adds: boolean): Drag {
  const before = adds ? [...editor.selection.ids] : [];
  const clear = () => {
    editor.traces.band = null;
    editor.busy = false;
  };
  editor.busy = true;
  return {
    move: ({ at, alt }) => {
      const band = bandOf(from, at);
      editor.traces.band = band;
      editor.selection.only(...before, ...caught(editor.diagram, editor.cells, band, alt || at.x < from.x));
    },
    end: () => {
      clear();
      if (editor.selection.size > 0) editor.announce(t('canvas.selected', { count: editor.selection.size }));
    },
    cancel: () => {
      clear();
      editor.selection.only(...before);
    },
  };
}

export function bandOf(a: Point, b: Point): Box {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

export function caught(diagram: DiagramView, cells: readonly CellView[], band: Box, whole: boolean): string[] {
  const isCaught = (cell: CellView) =>
    cell.isEdge ? catchesEdge(diagram, cell, band, whole) : catchesNode(cell, band, whole);
  return cells.filter(isCaught).map((cell) => cell.id);
}

function catchesNode(cell: CellView, band: Box, whole: boolean): boolean {
  const box = boundsOf(cell);
  if (box === null) return false;
  if (whole) return contains(band, box);
  // A band drawn within a boundary is meant for what is in there.
  return overlaps(band, box) && !(cell.kind === 'boundary-box' && contains(box, band));
}

function catchesEdge(diagram: DiagramView, cell: CellView, band: Box, whole: boolean): boolean {
  const { path } = flowPath(cell, diagram);
  const { bounds, points } = path;
  if (bounds === null) return false;
  if (whole || contains(band, bounds)) return contains(band, bounds);
  return (
    overlaps(band, grow(bounds, 1)) &&
    points.some((point, index) => holds(band, point) || cuts(band, points[index - 1], point))
  );
}

/** Whether a straight piece, whose ends lie outside, runs through a box. */
function cuts(box: Box, from: Point | undefined, to: Point): boolean {
  if (from === undefined) return false;
  const sideOf = ({ x, y }: Point) => Math.sign((to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x));
  const [left, top, right, bottom] = [box.x, box.y, box.x + box.width, box.y + box.height];
  if (Math.max(from.x, to.x) < left || Math.min(from.x, to.x) > right) return false;
  if (Math.max(from.y, to.y) < top || Math.min(from.y, to.y) > bottom) return false;
  const sides = [
    { x: left, y: top },
    { x: right, y: top },
    { x: right, y: bottom },
    { x: left, y: bottom },
  ].map(sideOf);
  return Math.min(...sides) < 0 && Math.max(...sides) > 0;
}
