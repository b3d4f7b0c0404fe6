/// Pulling at an element's handles: its size, and how it is turned.
import { t } from '../../i18n/translate.svelte.ts';
import type { Editor } from '../editor.svelte.ts';
import { boxOf, centre, type Box } from '../geometry/box.ts';
import { tidy } from '../geometry/point.ts';
import type { Line, SnapLines } from '../geometry/snap.ts';
import type { CellView, Point } from '../../model/views.ts';
import { live, type Drag, type Input } from './drag.ts';
import { directionTo, resized, sidesOf, tidyAngle, type Handle, type Pull } from './resizing.ts';
import { others, snapped } from './snapping.ts';
import { called } from './words.ts';

export function resizeDrag(editor: Editor, cell: CellView, handle: Handle, from: Point): Drag | null {
  const box = boxOf(cell);
  if (box === null || cell.locked) return null;
  const around = others(editor, (id) => id === cell.id);
  const gesture = editor.begin(t('canvas.resize', { what: called(cell) }));
  return live(gesture, (input: Input) => {
    const by = { x: input.at.x - from.x, y: input.at.y - from.y };
    const pull = { handle, by, aspect: input.shift, fromCentre: input.alt };
    const { x, y, width, height } = settled(editor, cell, box, pull, around);
    gesture.update([{ type: 'resizeCell', diagram: editor.diagramId, cell: cell.id, x, y, width, height }]);
  });
}

/** Only plain pulls at upright boxes snap: others could not keep what they promise. */
function settled(editor: Editor, cell: CellView, box: Box, pull: Pull, around: readonly Box[]): Box {
  const free = resized(box, cell.angle, pull);
  if (pull.aspect || pull.fromCentre || cell.angle !== 0) {
    editor.traces.clear();
    return tidied(free);
  }
  const sides = sidesOf(pull.handle);
  const edge = {
    x: sides.x > 0 ? free.x + free.width : free.x,
    y: sides.y > 0 ? free.y + free.height : free.y,
  };
  const more = snapped(editor, { ...edge, width: 0, height: 0 }, around, linesOf(sides));
  const by = {
    x: sides.x === 0 ? 0 : edge.x + more.x - (sides.x > 0 ? box.x + box.width : box.x),
    y: sides.y === 0 ? 0 : edge.y + more.y - (sides.y > 0 ? box.y + box.height : box.y),
  };
  return tidied(resized(box, 0, { ...pull, by }));
}

function linesOf(sides: Point): SnapLines {
  const line = (side: number): Line[] => (side === 0 ? [] : ['start']);
  return { x: line(sides.x), y: line(sides.y) };
}

function tidied(box: Box): Box {
  const round = (value: number) => tidy(value, 2);
  return { x: round(box.x), y: round(box.y), width: round(box.width), height: round(box.height) };
}

export function turnDrag(editor: Editor, cell: CellView, from: Point): Drag | null {
  const box = boxOf(cell);
  if (box === null || cell.locked) return null;
  const middle = centre(box);
  // The handle lies aside of the upward direction: it keeps its distance to the pointer.
  const aside = directionTo(middle, from) - cell.angle;
  const gesture = editor.begin(t('canvas.turn', { what: called(cell) }));
  return live(gesture, ({ at, shift }) => {
    const angle = tidyAngle(directionTo(middle, at) - aside, shift);
    gesture.update([{ type: 'turnCell', diagram: editor.diagramId, cell: cell.id, angle }]);
  });
}
