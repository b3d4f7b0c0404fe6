/// Which cells a picture shows: all, or those selected with the flows between them.
import { isCellEnd, type CellView, type End } from '../../model/views.ts';
import type { Editor } from '../editor.svelte.ts';

/** In the order in which they are drawn. A flow belongs to a selection that has both its ends. */
export function pictured(editor: Editor, onlySelected: boolean): readonly CellView[] {
  if (!onlySelected) return editor.cells;
  const isIn = (end: End) => isCellEnd(end) && editor.selection.has(end.cell);
  return editor.cells.filter(
    (cell) => editor.selection.has(cell.id) || (cell.isEdge && isIn(cell.source) && isIn(cell.target)),
  );
}

/** Whether the selection is the whole diagram. */
export function isEverything(editor: Editor): boolean {
  return pictured(editor, true).length === editor.cells.length;
}
