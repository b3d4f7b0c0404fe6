/// Dragging copies away from what is selected.
import { copies } from '../commands/clip/copies.ts';
import type { Editor } from '../editor.svelte.ts';
import { isObject } from '../../model/json/node.ts';
import type { Point } from '../../model/views.ts';
import type { Drag, Input } from './drag.ts';
import { moveDrag } from './move.ts';
import { movingOf } from './moving.ts';

/** Copies what is selected, what lies in selected boundaries, and the flows between. */
export function duplicateDrag(editor: Editor, from: Point): Drag | null {
  const selected = editor.selected;
  const { nodes, edges } = movingOf(editor.diagram, selected, true);
  const all = editor.cells.filter((cell) => selected.includes(cell) || nodes.includes(cell) || edges.includes(cell));
  if (all.length === 0) return null;
  const cells = all.map((cell) => cell.node).filter(isObject);
  const newId = () => editor.world.newId();
  const made = copies({ cells, ends: [], by: { x: 0, y: 0 }, into: editor.diagram, newId });
  const chosen = made.ids.filter((_, index) => editor.selection.has(all[index]?.id ?? ''));
  const drag = moveDrag(editor, from, true, { operations: made.operations, ids: chosen });
  return drag && afterAlt(drag);
}

/** The Alt that asked for copies does not suspend snapping; pressed once more it does. */
function afterAlt(drag: Drag): Drag {
  let released = false;
  const heard = (input: Input): Input => {
    released ||= !input.alt;
    return { ...input, alt: input.alt && released };
  };
  return { ...drag, move: (input) => drag.move(heard(input)), end: (input) => drag.end(heard(input)) };
}
