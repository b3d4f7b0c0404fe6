/// Command: taking elements away, with the flows that end at them.
import type { Operation } from '../../model/operation.ts';
import type { CellView } from '../../model/views.ts';
import { counted } from '../../ui/words.ts';
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
export function remove(editor: Editor, verb: 'Delete' | 'Cut', aim: readonly CellView[], restored?: () => void): void {
  const cells = aim.filter((cell) => !cell.locked);
  const flows = flowsAlong(editor, cells);
  const next = neighbourOf(editor, cells);
  const text = `${toldOf(cells, flows, verb)}${lockedOf(aim)}`;
  // Flows before what they end at: each step in between is sound.
  const operations = [...flows, ...cells].map((cell): Operation => {
    return { type: 'removeCell', diagram: editor.diagramId, cell: cell.id };
  });
  if (!editor.do(`${verb} ${calledAll(cells)}`, operations)) return;
  editor.focus = next;
  editor.tellRemoved(text, restored);
}

/** Flows that end at what goes, and go with it. */
function flowsAlong(editor: Editor, cells: readonly CellView[]): CellView[] {
  const ids = new Set(cells.map((cell) => cell.id));
  return flowsAt(ids, editor.diagram.cells).filter((flow) => !ids.has(flow.id));
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

/** "Deleted Storefront and 3 flows with 1 open threat." */
function toldOf(cells: readonly CellView[], flows: readonly CellView[], verb: 'Delete' | 'Cut'): string {
  const along = flows.length > 0 ? ` and ${counted(flows.length, 'flow')}` : '';
  const open = [...cells, ...flows].reduce((sum, cell) => sum + cell.openThreats, 0);
  const threats = open > 0 ? ` with ${counted(open, 'open threat')}` : '';
  return `${verb === 'Cut' ? 'Cut' : 'Deleted'} ${calledAll(cells)}${along}${threats}.`;
}

function lockedOf(aim: readonly CellView[]): string {
  const locked = aim.filter((cell) => cell.locked);
  const [first] = locked;
  if (!first) return '';
  return locked.length === 1 ? ` ${called(first)} is locked and stays.` : ` ${calledAll(locked)} are locked and stay.`;
}
