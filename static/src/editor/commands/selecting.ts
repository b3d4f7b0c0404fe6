/// Commands: what is selected.
import { t } from '../../i18n/translate.svelte.ts';
import type { CellView } from '../../model/views.ts';
import type { Editor } from '../editor.svelte.ts';
import { contents } from '../geometry/place.ts';
import { endsOf, flowsAt } from '../navigate/flows.ts';
import { aimed, focused } from './aim.ts';
import type { Command } from './command.ts';

export const SELECTING: readonly Command[] = [
  {
    id: 'select-all',
    group: 'select',
    keys: ['mod+A'],
    enabled: (editor) => editor.cells.length > 0,
    run: (editor) => select(editor, editor.cells),
  },
  {
    id: 'select-contents',
    group: 'select',
    keys: ['mod+shift+A'],
    enabled: (editor) => aimed(editor).some((cell) => cell.kind === 'boundary-box'),
    run: (editor) => select(editor, inside(editor)),
  },
  {
    id: 'select-connected',
    group: 'select',
    keys: ['mod+shift+X'],
    enabled: (editor) => aimed(editor).length > 0,
    run: (editor) => select(editor, connected(editor)),
  },
  {
    id: 'select-focused',
    group: 'select',
    keys: ['Space'],
    enabled: (editor) => focused(editor) !== null && !isFocusedSelected(editor),
    run: (editor) => {
      if (editor.focus === null) return;
      editor.selection.only(editor.focus);
      editor.announce(t('commands.selected'));
    },
  },
  {
    id: 'select-more',
    group: 'select',
    keys: ['shift+Space'],
    enabled: (editor) => focused(editor) !== null,
    run: (editor) => {
      if (editor.focus === null) return;
      editor.selection.toggle(editor.focus);
      const count = editor.selection.size;
      editor.announce(t(isFocusedSelected(editor) ? 'commands.selected-more' : 'commands.selected-less', { count }));
    },
  },
  {
    id: 'select-none',
    group: 'select',
    keys: ['Escape'],
    enabled: (editor) => editor.selection.size > 0 || editor.tool !== 'select',
    run: (editor) => {
      if (editor.tool !== 'select') editor.tool = 'select';
      else editor.selection.clear();
    },
  },
];

export function isFocusedSelected(editor: Editor): boolean {
  return editor.focus !== null && editor.selection.has(editor.focus);
}

function select(editor: Editor, cells: readonly CellView[]): void {
  editor.selection.only(...cells.map((cell) => cell.id));
  editor.announce(t('commands.selected-all', { count: cells.length }));
}

function inside(editor: Editor): CellView[] {
  const found = new Set(aimed(editor).flatMap((cell) => contents(cell, editor.diagram)));
  return editor.cells.filter((cell) => found.has(cell));
}

/** The selected ones, the flows at them, and the elements at the other ends of these. */
function connected(editor: Editor): CellView[] {
  const start = aimed(editor);
  const ids = new Set(start.map((cell) => cell.id));
  const flows = [...flowsAt(ids, editor.cells), ...start.filter((cell) => cell.isEdge)];
  for (const flow of flows) for (const id of [flow.id, ...endsOf(flow)]) ids.add(id);
  return editor.cells.filter((cell) => ids.has(cell.id));
}
