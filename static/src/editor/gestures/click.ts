/// Presses and clicks that are no drags: selecting, adding, and what a second click opens.
import { t } from '../../i18n/translate.svelte.ts';
import type { Editor } from '../editor.svelte.ts';
import { contents } from '../geometry/place.ts';
import type { CellView, Point } from '../../model/views.ts';
import type { Start } from './begin.ts';
import { cloneBeside, sideOf } from './clone.ts';
import { removeVertex } from './course.ts';
import { isNodeKind, place } from './create.ts';
import type { Hit } from './hit.ts';
import { called } from './words.ts';

/** A press selects at once what was not selected, so that it can be dragged. */
export function press(editor: Editor, { hit, keys, wasSelected }: Start): void {
  if (editor.tool !== 'select' || hit.cell === null || wasSelected || isAside(hit)) return;
  if (keys.shift || keys.ctrl) editor.selection.add(hit.cell);
  else editor.selection.only(hit.cell);
  editor.focus = hit.cell;
}

export function click(editor: Editor, { hit, at, keys, wasSelected }: Start): void {
  if (isNodeKind(editor.tool)) return place(editor, editor.tool, { at, ...keys });
  if (editor.tool !== 'select') return;
  const adds = keys.shift || keys.ctrl;
  if (hit.cell === null) {
    if (!adds) leave(editor);
    return;
  }
  const cell = editor.diagram.cell(hit.cell);
  const side = sideOf(hit.at);
  if (hit.part === 'arrow' && cell && side) return cloneBeside(editor, cell, side);
  if (isAside(hit)) return;
  if (hit.part === 'badge' && !adds) editor.openPane('threats');
  if (!adds) editor.selection.only(hit.cell);
  else if (wasSelected) {
    editor.selection.toggle(hit.cell);
    editor.focus = null;
  }
}

/** Nothing is selected then, and no cell is what keys are about. */
export function leave(editor: Editor): void {
  editor.selection.clear();
  editor.focus = null;
}

export function doubleClick(editor: Editor, hit: Hit, at: Point): void {
  if (hit.cell === null) {
    editor.panel = { name: 'add', at };
    return;
  }
  const cell = editor.diagram.cell(hit.cell);
  if (!cell) return;
  if (hit.part === 'vertex') return removeVertex(editor, cell, Number(hit.at));
  if (cell.kind === 'boundary-box' && hit.part !== 'label') return selectContents(editor, cell);
  if (hit.part === 'outline' || hit.part === 'label') editor.naming = cell.id;
}

/**
 * Opens the menu at a point of the window, for what is there: that becomes selected, unless it is already.
 * `aside`: how far beside the point, so that a finger does not hide it.
 */
export function openMenu(editor: Editor, at: Point, hit: Hit, aside = 0): void {
  if (hit.cell === null) leave(editor);
  else if (!editor.selection.has(hit.cell)) editor.selection.only(hit.cell);
  if (hit.cell !== null) editor.focus = hit.cell;
  editor.panel = { name: 'menu', at, aside };
}

/** Selects what lies in a boundary box, instead of the box. */
export function selectContents(editor: Editor, boundary: CellView): void {
  const inside = contents(boundary, editor.diagram);
  if (inside.length === 0) return editor.announce(t('canvas.nothing-in', { boundary: called(boundary) }));
  editor.selection.only(...inside.map((cell) => cell.id));
  editor.announce(t('canvas.selected-in', { count: inside.length, boundary: called(boundary) }));
}

/** What lies around an element and belongs to it only when it is dragged. */
function isAside(hit: Hit): boolean {
  return hit.cell !== null && (hit.part === 'port' || hit.part === 'arrow');
}
