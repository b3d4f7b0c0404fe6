/// Commands: moving about in the diagram without a pointer.
import { t } from '../../i18n/translate.svelte.ts';
import type { CellView } from '../../model/views.ts';
import type { Editor } from '../editor.svelte.ts';
import { neighbour } from '../geometry/neighbours.ts';
import { boundsOf } from '../geometry/place.ts';
import { along, sibling, type Way } from '../navigate/along.ts';
import type { Direction } from '../navigate/directions.ts';
import { beside } from '../navigate/order.ts';
import type { Pane } from '../panel.ts';
import { aimed, attended, choose, focused, isThreatened } from './aim.ts';
import { always, type Command, type CommandId } from './command.ts';
import { isFocusedSelected } from './selecting.ts';
import { extent } from './viewing.ts';

export const NAVIGATING: readonly Command[] = [
  {
    ...go('go-next', 'Tab', (editor) => beside(editor.diagram, editor.focus, 1)),
    // Beyond the last one the browser goes on, out of the canvas.
    enabled: (editor) => !editor.resting && beside(editor.diagram, editor.focus, 1) !== null,
  },
  {
    ...go('go-previous', 'shift+Tab', (editor) => beside(editor.diagram, editor.focus, -1)),
    enabled: (editor) => editor.focus !== null && beside(editor.diagram, editor.focus, -1) !== null,
  },
  {
    id: 'rest',
    group: 'move',
    keys: ['Escape'],
    enabled: (editor) => !editor.resting,
    run: (editor) => {
      editor.rest();
      editor.announce(t('commands.resting'));
    },
  },
  go('go-first', 'Home', (editor) => beside(editor.diagram, null, 1)),
  go('go-last', 'End', (editor) => beside(editor.diagram, null, -1)),
  toNeighbour('left', 'ArrowLeft'),
  toNeighbour('right', 'ArrowRight'),
  toNeighbour('up', 'ArrowUp'),
  toNeighbour('down', 'ArrowDown'),
  onFlow('forwards', ']', along),
  onFlow('backwards', '[', along),
  onFlow('forwards', '}', sibling),
  onFlow('backwards', '{', sibling),
  // Enter opens what is only passed; what is selected, it renames.
  {
    ...open('threats', ['Enter']),
    id: 'open',
    enabled: (editor) => attended(editor) !== null && !isFocusedSelected(editor),
    run: (editor) => {
      const cell = attended(editor);
      if (!cell) return;
      editor.selection.only(cell.id);
      editor.openPane(isThreatened(cell) ? 'threats' : 'properties');
    },
  },
  {
    ...open('threats', ['mod+Enter']),
    enabled: (editor) => aimed(editor).some(isThreatened),
  },
  open('properties', ['alt+Enter']),
  { ...open('outline', ['mod+shift+O']), enabled: always, run: (editor) => editor.openPane('outline') },
];

/** A move to a cell, which is then in sight. `none` is said when there is none. */
function go(
  id: CommandId,
  key: string,
  to: (editor: Editor) => CellView | null,
  none: () => string = () => '',
): Command {
  return {
    id,
    group: 'move',
    keys: [key],
    enabled: (editor) => editor.cells.length > 0,
    run: (editor) => {
      const cell = to(editor);
      if (cell) focus(editor, cell);
      else editor.announce(none());
    },
  };
}

/** Puts the keyboard at a cell. */
export function focus(editor: Editor, cell: CellView): void {
  editor.focus = cell.id;
  const box = extent(editor, cell);
  if (box) editor.view.reveal(box);
}

function toNeighbour(direction: Direction, key: string): Command {
  const to = (editor: Editor) => {
    const from = focused(editor);
    if (!from) return beside(editor.diagram, null, 1);
    const cells = editor.cells.filter((cell) => !cell.isEdge && boundsOf(cell));
    return neighbour(from, direction, cells, editor.diagram);
  };
  return go(`go-${direction}`, key, to, () => t(`commands.none-${direction}`));
}

function onFlow(way: Way, key: string, move: typeof along): Command {
  const to = (editor: Editor) => {
    const from = focused(editor);
    return from && move(from, way, editor.diagram);
  };
  const id = move === along ? (`go-along-${way}` as const) : (`go-sibling-${way}` as const);
  return { ...go(id, key, to, () => t(`commands.none-${way}`)), enabled: (editor) => focused(editor) !== null };
}

/** Selects what is focused and goes to the pane about it. */
function open(pane: Pane, keys: readonly string[]): Command {
  return {
    id: `open-${pane}`,
    group: 'move',
    keys,
    icon: pane,
    enabled: (editor) => aimed(editor).length > 0,
    run: (editor) => {
      const cells = aimed(editor);
      choose(
        editor,
        cells.map((cell) => cell.id),
      );
      editor.openPane(pane);
    },
  };
}
