/// Command: taking elements away, with the flows that end at them.
import { t } from '../../i18n/translate.svelte.ts';
import type { Operation } from '../../model/operation.ts';
import type { CellView } from '../../model/views.ts';
import type { Editor } from '../editor.svelte.ts';
import { calledAll } from '../gestures/words.ts';
import { beside } from '../navigate/order.ts';
import { flowsAt } from '../navigate/flows.ts';
import { aimed, loose } from './aim.ts';
import type { Command } from './command.ts';

export const DELETING: readonly Command[] = [
  {
    id: 'delete',
    group: 'edit',
    keys: ['Delete', 'Backspace'],
    icon: 'delete',
    enabled: (editor) => loose(editor).length > 0,
    run: (editor) => remove(editor, 'delete', aimed(editor)),
  },
];

/** Takes away those of `aim` that are not locked, in one step, called by its verb. */
export function remove(editor: Editor, verb: 'delete' | 'cut', aim: readonly CellView[], restored?: () => void): void {
  const cells = aim.filter((cell) => !cell.locked);
  const flows = flowsAlong(editor, cells);
  const next = neighbourOf(editor, cells);
  const text = [toldOf(cells, flows, verb), ...lockedOf(aim)].join(' ');
  // Flows before what they end at: each step in between is sound.
  const operations = [...flows, ...cells].map((cell): Operation => {
    return { type: 'removeCell', diagram: editor.diagramId, cell: cell.id };
  });
  if (!editor.do(t(`commands.step-${verb}`, { what: calledAll(cells) }), operations)) return;
  editor.focus = next;
  editor.tellDone(text, restored);
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
function toldOf(cells: readonly CellView[], flows: readonly CellView[], verb: 'delete' | 'cut'): string {
  const open = [...cells, ...flows].reduce((sum, cell) => sum + cell.openThreats, 0);
  const values = {
    what: calledAll(cells),
    flows: t('commands.flows', { count: flows.length }),
    threats: t('canvas.open-threats', { count: open }),
  };
  if (flows.length > 0 && open > 0) return t(`commands.told-${verb}-flows-threats`, values);
  if (flows.length > 0) return t(`commands.told-${verb}-flows`, values);
  return open > 0 ? t(`commands.told-${verb}-threats`, values) : t(`commands.told-${verb}`, values);
}

function lockedOf(aim: readonly CellView[]): string[] {
  const locked = aim.filter((cell) => cell.locked);
  if (locked.length === 0) return [];
  return [t(locked.length === 1 ? 'commands.stays' : 'commands.stay', { what: calledAll(locked) })];
}
