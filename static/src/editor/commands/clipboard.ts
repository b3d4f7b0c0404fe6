/// Commands: cut, copy, paste, duplicate. The browser answers the keys itself, with events that
/// `clip/board.ts` hears.
import type { Editor } from '../editor.svelte.ts';
import { aimed, isThreatened, loose } from './aim.ts';
import { copy, copyThreats, pasteHere } from './clip/board.ts';
import { duplicate } from './clip/paste.ts';
import { always, type Command } from './command.ts';
import { menuPoint } from './menu.ts';

export const CLIPBOARD: readonly Command[] = [
  {
    id: 'cut',
    group: 'edit',
    keys: ['mod+X'],
    native: true,
    icon: 'cut',
    enabled: (editor) => loose(editor).length > 0,
    run: (editor) => void copy(editor, true),
  },
  {
    id: 'copy',
    group: 'edit',
    keys: ['mod+C'],
    native: true,
    icon: 'copy',
    enabled: (editor) => aimed(editor).length > 0,
    run: (editor) => void copy(editor, false),
  },
  {
    id: 'paste',
    group: 'edit',
    keys: ['mod+V'],
    native: true,
    icon: 'paste',
    enabled: always,
    run: (editor) => void pasteHere(editor, menuPoint(editor)),
  },
  {
    id: 'duplicate',
    group: 'edit',
    keys: ['mod+D'],
    icon: 'duplicate',
    enabled: (editor) => aimed(editor).length > 0,
    run: (editor) => duplicate(editor, aimed(editor)),
  },
  {
    id: 'copy-threats',
    group: 'edit',
    enabled: (editor) => threatened(editor).length > 0,
    run: (editor) => void copyThreats(editor, threatened(editor)),
  },
];

function threatened(editor: Editor) {
  return aimed(editor).filter((cell) => isThreatened(cell) && cell.threats.length > 0);
}
