/// Command: taking elements away, with the flows that end at them.
import type { Operation } from '../../model/operation.ts';
import type { CellView } from '../../model/views.ts';
import type { Editor } from '../editor.svelte.ts';
import { called, calledAll } from '../gestures/words.ts';
import { beside } from '../navigate/order.ts';
import { flowsAt } from '../navigate/flows.ts';
import { aimed, loose } from './aim.ts';
import type { Command } from './command.ts';

export const DELETING: readonly Command[] = [
  {
    id: 'delete',
    title: 'Delete',
    group: 'Edit',
    keys: ['Delete', 'Backspace'],
    icon: 'delete',
    enabled: (editor) => loose(editor).length > 0,
    run: (editor) => remove(editor, 'Delete', aimed(editor)),
  },
];

/** Takes away those of `aim` that are not locked, in one step, called by its verb. */
export function remove(editor: Editor, verb: string, aim: readonly CellView[]): void {
  const cells = aim.filter((cell) => !cell.locked);
  const next = neighbourOf(editor, cells);
  if (!editor.do(`${verb} ${calledAll(cells)}`, removals(editor, cells))) return;
  editor.focus = next;
  editor.announce(said(aim, cells, verb));
}

/** Flows before what they end at: each step in between is sound. */
function removals(editor: Editor, cells: readonly CellView[]): Operation[] {
  const ids = new Set(cells.map((cell) => cell.id));
  const flows = flowsAt(ids, editor.diagram.cells).filter((flow) => !ids.has(flow.id));
  return [...flows, ...cells].map((cell) => ({ type: 'removeCell', diagram: editor.diagramId, cell: cell.id }));
}

/** Where the keyboard is afterwards. */
function neighbourOf(editor: Editor, cells: readonly CellView[]): string | null {
  const gone = new Set(cells.map((cell) => cell.id));
  for (const flow of flowsAt(gone, editor.diagram.cells)) gone.add(flow.id);
  const [first] = cells;
  for (const by of [1, -1] as const) {
    let cell = first ? beside(editor.diagram, first.id, by) : null;
    while (cell && gone.has(cell.id)) cell = beside(editor.diagram, cell.id, by);
    if (cell) return cell.id;
  }
  return null;
}

function said(aim: readonly CellView[], cells: readonly CellView[], verb: string): string {
  const locked = aim.filter((cell) => cell.locked);
  const done = `${verb === 'Cut' ? 'Cut' : 'Deleted'}: ${calledAll(cells)}.`;
  const [first] = locked;
  if (!first) return done;
  return `${done} ${locked.length === 1 ? `${called(first)} is` : `${calledAll(locked)} are`} locked and stay${locked.length === 1 ? 's' : ''}.`;
}
