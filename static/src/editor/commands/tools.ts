/// Commands: what a press on the canvas does, and putting a new element where there is room.
import type { NewKind } from '../../model/vocabulary.ts';
import type { Editor } from '../editor.svelte.ts';
import { canConnect } from '../gestures/ends.ts';
import type { Tool } from '../tool.ts';
import { attended } from './aim.ts';
import { create } from './creating.ts';
import { always, type Command } from './command.ts';
import type { IconName } from './icons.ts';
import { menuPoint } from './menu.ts';

const DRAWING = 'press on the canvas, or press Enter to put one where there is room.';

function tool(value: Tool & IconName, title: string, key: string, hint: string): Command {
  return {
    id: `tool-${value}`,
    title,
    group: 'Tools',
    keys: [key],
    icon: value,
    on: (editor) => editor.tool === value,
    enabled: always,
    run: (editor) => {
      editor.tool = value;
      editor.announce(hint);
    },
  };
}

function drawing(value: NewKind, title: string, key: string): Command {
  return tool(value, title, key, `${title}: ${DRAWING}`);
}

/** Put at once, without the tool: for the palette and the menu of the empty canvas. */
function creating(kind: NewKind, title: string, icon: IconName): Command {
  const run = (editor: Editor) => create(editor, kind, menuPoint(editor));
  return { id: `new-${kind}`, title, group: 'Tools', icon, enabled: always, run };
}

export const CREATIONS: readonly Command[] = [
  creating('process', 'New process', 'process'),
  creating('store', 'New store', 'store'),
  creating('actor', 'New actor', 'actor'),
  creating('boundary-box', 'New trust boundary', 'boundary-box'),
  creating('boundary-curve', 'New boundary curve', 'boundary-curve'),
  creating('text', 'New text', 'text'),
];

export const TOOLS: readonly Command[] = [
  tool('select', 'Select', 'V', 'Select: press an element, or drag around several.'),
  tool('hand', 'Move the view', 'H', 'Move the view: drag the canvas.'),
  drawing('process', 'Draw a process', 'P'),
  drawing('store', 'Draw a store', 'S'),
  drawing('actor', 'Draw an actor', 'A'),
  {
    id: 'connect',
    title: 'Connect to…',
    group: 'Tools',
    keys: ['F'],
    icon: 'flow',
    enabled: (editor) => connectable(editor) !== null,
    run: (editor) => {
      const from = connectable(editor);
      if (from !== null) editor.panel = { name: 'connect', from };
    },
  },
  tool('flow', 'Draw a data flow', 'F', 'Data flow: drag from one element to another.'),
  drawing('boundary-box', 'Draw a trust boundary', 'B'),
  drawing('boundary-curve', 'Draw a boundary curve', 'C'),
  drawing('text', 'Draw a text', 'T'),
  {
    id: 'place',
    title: 'Put the drawn kind where there is room',
    group: 'Tools',
    keys: ['Enter'],
    enabled: (editor) => drawn(editor) !== null,
    run: (editor) => {
      const kind = drawn(editor);
      if (kind) create(editor, kind);
    },
  },
];

function drawn(editor: Editor): Exclude<NewKind, 'flow'> | null {
  const { tool: value } = editor;
  return value === 'select' || value === 'hand' || value === 'flow' ? null : value;
}

/** The element from which a flow can go now. */
function connectable(editor: Editor): string | null {
  const cell = attended(editor);
  return cell && canConnect(cell) ? cell.id : null;
}
