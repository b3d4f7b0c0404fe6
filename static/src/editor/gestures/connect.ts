/// Drawing flows and boundary curves: from where the press was to where it ends. A flow from an element onto
/// the empty canvas asks what to put there.
import type { Editor } from '../editor.svelte.ts';
import { isCellEnd, type CellEnd, type CellView, type Point } from '../../model/views.ts';
import type { Drag, Input } from './drag.ts';
import { endOn, isOn, NEAR, nodeAt } from './ends.ts';
import { Line } from './line.ts';
import { gridded } from './snapping.ts';

/** How far from an element is clearly away from it, in pixels of the screen. */
const AWAY = 24;

/** Draws a flow from an element or a point. `from` is where the pointer was pressed. */
export function connectDrag(editor: Editor, source: CellView | null, from: Point): Drag {
  const line = new Line(
    editor,
    'flow',
    source === null ? gridded(editor, from, false) : endOn(source, from, editor.view.zoom),
  );
  const own = ownUntilLeft(source, editor.view.zoom);
  return {
    move: (input) => line.to(targetOf(editor, input, own(input.at))),
    end: (input) => {
      const target = targetOf(editor, input, own(input.at));
      line.to(target);
      if (source !== null && !isCellEnd(target) && !input.ctrl) line.ask(source, input);
      else line.finish(input.shift);
    },
    cancel: () => line.cancel(),
  };
}

export function curveDrag(editor: Editor, from: Point): Drag {
  const line = new Line(editor, 'boundary-curve', gridded(editor, from, false));
  const to = (input: Input) => line.to(gridded(editor, input.at, input.alt));
  return {
    move: to,
    end: (input) => {
      to(input);
      line.finish(input.shift);
    },
    cancel: () => line.cancel(),
  };
}

/** A flow goes back to its own element only after it has gone clearly away from it: till then this is its id. */
function ownUntilLeft(source: CellView | null, zoom: number): (at: Point) => string | null {
  let left = source === null;
  return (at) => {
    left ||= source === null || !isOn(source, at, AWAY / zoom);
    return left ? null : (source?.id ?? null);
  };
}

/** The element under the pointer, or a point. `but` is an element that does not count. */
export function targetOf(editor: Editor, input: Input, but: string | null = null): CellEnd | Point {
  const cell = nodeAt(editor.cells, input.at, NEAR / editor.view.zoom);
  const node = cell?.id === but ? undefined : cell;
  editor.traces.target = node?.id ?? null;
  return node ? endOn(node, input.at, editor.view.zoom) : gridded(editor, input.at, input.alt);
}
