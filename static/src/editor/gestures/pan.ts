/// A finger on the empty canvas moves the view.
import type { Point } from '../../model/views.ts';
import type { Viewport } from '../viewport.svelte.ts';
import type { Drag } from './drag.ts';

/** What was under the finger stays there. */
export function panDrag(view: Viewport, from: Point): Drag {
  const move = ({ at }: { at: Point }) => {
    view.x += from.x - at.x;
    view.y += from.y - at.y;
  };
  return { move, end: move, cancel: () => {}, pans: true };
}
