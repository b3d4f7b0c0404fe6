/// Dragging elements: they move together, snap, and are one step.
import { t } from '../../i18n/translate.svelte.ts';
import type { Editor } from '../editor.svelte.ts';
import type { Copies } from '../commands/clip/copies.ts';
import { union, type Box } from '../geometry/box.ts';
import { boundsOf } from '../geometry/place.ts';
import type { Point } from '../../model/views.ts';
import { live, type Drag, type Input } from './drag.ts';
import { movingOf } from './moving.ts';
import { gridded, others, snapped } from './snapping.ts';
import { calledAll } from './words.ts';

/**
 * `contents`: whether boundary boxes take along what lies in them. Given copies, those are made,
 * selected and moved.
 * Null when nothing can be moved.
 */
export function moveDrag(editor: Editor, from: Point, contents: boolean, copies?: Copies): Drag | null {
  const names = calledAll(editor.selected);
  const before = [...editor.selection.ids];
  const gesture = editor.begin(t(copies ? 'canvas.duplicate' : 'canvas.move', { what: names }));
  const done = copies?.operations ?? [];
  if (copies && gesture.update(done)) editor.selection.only(...copies.ids);
  const moving = movingOf(editor.diagram, editor.selected, contents);
  if (moving.nodes.length + moving.edges.length === 0) {
    gesture.cancel();
    if (before.length > 0) editor.announce(t('canvas.told-locked', { what: names }));
    return null;
  }
  const ids = new Set(moving.nodes.map((cell) => cell.id));
  const around = others(editor, (id) => ids.has(id));
  const start = union(moving.nodes.flatMap((cell) => boundsOf(cell) ?? []));
  const drag = live(gesture, (input) => {
    const raw = { x: input.at.x - from.x, y: input.at.y - from.y };
    const by = shiftOf(editor, axisOf(raw, input.shift), start, around, input);
    gesture.update([...done, ...moving.by(by.x, by.y)]);
  });
  const cancel = () => {
    drag.cancel();
    editor.selection.only(...before);
  };
  return { ...drag, cancel };
}

/** With shift only sideways, or only up and down. */
function axisOf(by: Point, shift: boolean): Point {
  if (!shift) return by;
  return Math.abs(by.x) >= Math.abs(by.y) ? { x: by.x, y: 0 } : { x: 0, y: by.y };
}

function shiftOf(editor: Editor, raw: Point, start: Box | null, around: readonly Box[], input: Input): Point {
  if (start === null || input.alt) {
    editor.traces.clear();
    return input.alt ? { x: Math.round(raw.x), y: Math.round(raw.y) } : gridded(editor, raw, false);
  }
  const more = snapped(editor, { ...start, x: start.x + raw.x, y: start.y + raw.y }, around);
  const straight = (axis: 'x' | 'y') => input.shift && raw[axis] === 0;
  return { x: straight('x') ? 0 : raw.x + more.x, y: straight('y') ? 0 : raw.y + more.y };
}
