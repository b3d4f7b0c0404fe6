/// Commands: what a press on the canvas does, and putting a new element where there is room.
import { t } from '../../i18n/translate.svelte.ts';
import type { NewKind } from '../../model/vocabulary.ts';
import type { Editor } from '../editor.svelte.ts';
import { canConnect } from '../gestures/ends.ts';
import type { Tool } from '../tool.ts';
import { attended } from './aim.ts';
import { create } from './creating.ts';
import { always, titleOf, type Command } from './command.ts';
import type { IconName } from './icons.ts';
import { menuPoint } from './menu.ts';

function tool(value: Tool & IconName, key: string, hint: () => string): Command {
  return {
    id: `tool-${value}`,
    group: 'tools',
    keys: [key],
    icon: value,
    on: (editor) => editor.tool === value,
    enabled: always,
    run: (editor) => {
      editor.tool = value;
      editor.announce(hint());
    },
  };
}

function drawing(value: NewKind, key: string): Command {
  const hint = () => t('commands.hint-drawing', { command: titleOf({ id: `tool-${value}` }) });
  return tool(value, key, hint);
}

/** Put at once, without the tool: for the palette and the menu of the empty canvas. */
function creating(kind: Exclude<NewKind, 'flow'>): Command {
  const run = (editor: Editor) => create(editor, kind, menuPoint(editor));
  return { id: `new-${kind}`, group: 'tools', icon: kind, enabled: always, run };
}

export const CREATIONS: readonly Command[] = [
  creating('process'),
  creating('store'),
  creating('actor'),
  creating('boundary-box'),
  creating('boundary-curve'),
  creating('text'),
];

export const TOOLS: readonly Command[] = [
  tool('select', 'V', () => t('commands.hint-select')),
  tool('hand', 'H', () => t('commands.hint-hand')),
  drawing('process', 'P'),
  drawing('store', 'S'),
  drawing('actor', 'A'),
  {
    id: 'connect',
    group: 'tools',
    keys: ['F'],
    icon: 'flow',
    enabled: (editor) => connectable(editor) !== null,
    run: (editor) => {
      const from = connectable(editor);
      if (from !== null) editor.panel = { name: 'connect', from };
    },
  },
  tool('flow', 'F', () => t('commands.hint-flow')),
  drawing('boundary-box', 'B'),
  drawing('boundary-curve', 'C'),
  drawing('text', 'T'),
  {
    id: 'place',
    group: 'tools',
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
