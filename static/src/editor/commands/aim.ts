/// What a command is about: what is selected, or else the cell that the keyboard is at.
import type { CellView } from '../../model/views.ts';
import type { Editor } from '../editor.svelte.ts';

export function aimed(editor: Editor): CellView[] {
  const { selected } = editor;
  if (selected.length > 0) return selected;
  const cell = attended(editor);
  return cell ? [cell] : [];
}

/** The cell that the keyboard is at. */
export function focused(editor: Editor): CellView | null {
  return (editor.focus === null ? undefined : editor.diagram.cell(editor.focus)) ?? null;
}

/** The same, unless it only was pressed with the mouse before and nothing shows that. */
export function attended(editor: Editor): CellView | null {
  const cell = focused(editor);
  return cell && (editor.selection.has(cell.id) || !editor.focusedByMouse) ? cell : null;
}

/** Those of them that may be moved, changed in form or taken away. */
export function loose(editor: Editor): CellView[] {
  return aimed(editor).filter((cell) => !cell.locked);
}

/** Elements that have a place and a size, and are not locked. */
export function looseNodes(editor: Editor): CellView[] {
  return loose(editor).filter((cell) => cell.position && cell.size);
}

export function flows(editor: Editor): CellView[] {
  return aimed(editor).filter((cell) => cell.kind === 'flow');
}

/** Flows and curves that are not locked. */
export function looseEdges(editor: Editor): CellView[] {
  return loose(editor).filter((cell) => cell.isEdge);
}

/** Whether it has a kind between which one can change. */
export function isElement(cell: CellView): boolean {
  return cell.kind === 'actor' || cell.kind === 'process' || cell.kind === 'store';
}

/** Whether it can be out of scope and have threats. */
export function isThreatened(cell: CellView): boolean {
  return isElement(cell) || cell.kind === 'flow';
}

/** Selects cells and puts the keyboard at the first. */
export function choose(editor: Editor, ids: readonly string[]): void {
  editor.selection.only(...ids);
  editor.focus = ids[0] ?? editor.focus;
}
