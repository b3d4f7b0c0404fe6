/// Command: the menu of commands for what is selected, where the keyboard is; and what stands in it.
import type { CellView } from '../../model/views.ts';
import type { Editor } from '../editor.svelte.ts';
import { centre } from '../geometry/box.ts';
import type { Point } from '../geometry/point.ts';
import { aimed, focused } from './aim.ts';
import { always, type Command, type CommandId } from './command.ts';
import { extent } from './viewing.ts';

export const MENU: readonly Command[] = [
  {
    id: 'menu',
    group: 'help',
    keys: ['shift+F10', 'ContextMenu'],
    enabled: always,
    run: (editor) => (editor.panel = { name: 'menu', at: placeOf(editor, focused(editor)), aside: 0 }),
  },
];

/** The point of the diagram that is meant by the menu of the empty canvas, while it is open. */
export function menuPoint(editor: Editor): Point | undefined {
  const { panel } = editor;
  if (panel?.name !== 'menu' || aimed(editor).length > 0) return undefined;
  return editor.view.toDiagram(panel.at.x, panel.at.y);
}

/** The middle of a cell, or of the canvas, in the window. */
function placeOf(editor: Editor, cell: CellView | null): Point {
  const { view } = editor;
  const box = cell && extent(editor, cell);
  const { x, y } = box ? centre(box) : view.centre;
  return { x: view.left + (x - view.x) * view.zoom, y: view.top + (y - view.y) * view.zoom };
}

/** The ids of commands in the menu, in sections: those for what is selected, or those for the empty canvas. */
export function menuSections(editor: Editor): readonly (readonly CommandId[])[] {
  return aimed(editor).length > 0 ? OF_CELLS : OF_CANVAS;
}

const OF_CELLS = [
  ['rename', 'open-threats', 'suggest', 'open-properties', 'connect'],
  ['reverse', 'bidirectional', 'route-smooth', 'route-straight', 'route-orthogonal', 'straighten'],
  ['kind-process', 'kind-store', 'kind-actor', 'out-of-scope'],
  ['cut', 'copy', 'paste', 'duplicate', 'copy-threats', 'delete'],
  ['select-contents', 'select-connected', 'lock', 'unlock'],
  ['to-front', 'forward', 'backward', 'to-back'],
] as const;

const OF_CANVAS = [
  ['new-process', 'new-store', 'new-actor', 'new-boundary-box', 'new-boundary-curve', 'new-text'],
  ['paste', 'insert-fragment', 'select-all'],
  ['fit', 'grid', 'snap', 'minimap', 'full-screen'],
  ['badges', 'crossings', 'heat'],
  ['layout', 'suggest-diagram', 'export', 'print'],
  ['find', 'palette', 'help'],
] as const;
