/// Commands: moving about in the diagram without a pointer.
import type { CellView } from '../../model/views.ts';
import type { Editor } from '../editor.svelte.ts';
import { neighbour } from '../geometry/neighbours.ts';
import { boundsOf } from '../geometry/place.ts';
import { along, sibling, type Way } from '../navigate/along.ts';
import type { Direction } from '../navigate/directions.ts';
import { beside } from '../navigate/order.ts';
import type { Pane } from '../panel.ts';
import { aimed, attended, choose, focused, isThreatened } from './aim.ts';
import { always, type Command } from './command.ts';
import { isFocusedSelected } from './selecting.ts';
import { extent } from './viewing.ts';

const DIRECTIONS: Readonly<Record<Direction, { title: string; none: string }>> = {
  left: { title: 'Element to the left', none: 'Nothing further to the left' },
  right: { title: 'Element to the right', none: 'Nothing further to the right' },
  up: { title: 'Element above', none: 'Nothing further above' },
  down: { title: 'Element below', none: 'Nothing further below' },
};

export const NAVIGATING: readonly Command[] = [
  {
    ...go('next', 'Next element', 'Tab', (editor) => beside(editor.diagram, editor.focus, 1)),
    // Beyond the last one the browser goes on, out of the canvas.
    enabled: (editor) => !editor.resting && beside(editor.diagram, editor.focus, 1) !== null,
  },
  {
    ...go('previous', 'Previous element', 'shift+Tab', (editor) => beside(editor.diagram, editor.focus, -1)),
    enabled: (editor) => editor.focus !== null && beside(editor.diagram, editor.focus, -1) !== null,
  },
  {
    id: 'rest',
    title: 'Leave the elements, so that Tab leaves the canvas',
    group: 'Move around',
    keys: ['Escape'],
    enabled: (editor) => !editor.resting,
    run: (editor) => {
      editor.rest();
      editor.announce('Canvas. Tab leaves it, arrow keys go back to its elements.');
    },
  },
  go('first', 'First element', 'Home', (editor) => beside(editor.diagram, null, 1)),
  go('last', 'Last element', 'End', (editor) => beside(editor.diagram, null, -1)),
  toNeighbour('left', 'ArrowLeft'),
  toNeighbour('right', 'ArrowRight'),
  toNeighbour('up', 'ArrowUp'),
  toNeighbour('down', 'ArrowDown'),
  onFlow('forwards', 'Along the flow', ']', along),
  onFlow('backwards', 'Back along the flow', '[', along),
  onFlow('forwards', 'Next flow that leaves the same element', '}', sibling),
  onFlow('backwards', 'Next flow that reaches the same element', '{', sibling),
  // Enter opens what is only passed; what is selected, it renames.
  {
    ...open('threats', 'Open threats', ['Enter']),
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
    ...open('threats', 'Threats', ['mod+Enter']),
    enabled: (editor) => aimed(editor).some(isThreatened),
  },
  open('properties', 'Properties', ['alt+Enter']),
  { ...open('outline', 'Outline', ['mod+shift+O']), enabled: always, run: (editor) => editor.openPane('outline') },
];

/** A move to a cell, which is then in sight. `none` is said when there is none. */
function go(id: string, title: string, key: string, to: (editor: Editor) => CellView | null, none = ''): Command {
  return {
    id: `go-${id}`,
    title,
    group: 'Move around',
    keys: [key],
    enabled: (editor) => editor.cells.length > 0,
    run: (editor) => {
      const cell = to(editor);
      if (cell) focus(editor, cell);
      else editor.announce(none);
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
  const { title, none } = DIRECTIONS[direction];
  const to = (editor: Editor) => {
    const from = focused(editor);
    if (!from) return beside(editor.diagram, null, 1);
    const cells = editor.cells.filter((cell) => !cell.isEdge && boundsOf(cell));
    return neighbour(from, direction, cells, editor.diagram);
  };
  return go(direction, title, key, to, none);
}

function onFlow(way: Way, title: string, key: string, move: typeof along): Command {
  const to = (editor: Editor) => {
    const from = focused(editor);
    return from && move(from, way, editor.diagram);
  };
  const none = way === 'forwards' ? 'No flow goes on from here' : 'No flow comes here';
  const id = `${move === along ? 'along' : 'sibling'}-${way}`;
  return { ...go(id, title, key, to, none), enabled: (editor) => focused(editor) !== null };
}

/** Selects what is focused and goes to the pane about it. */
function open(pane: Pane, title: string, keys: readonly string[]): Command {
  return {
    id: `open-${pane}`,
    title,
    group: 'Move around',
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
