/// Commands: undo and redo.
import type { Command } from './command.ts';

export const HISTORY: readonly Command[] = [
  {
    id: 'undo',
    title: 'Undo',
    group: 'Edit',
    keys: ['mod+Z'],
    icon: 'undo',
    enabled: (editor) => editor.history.undoable !== undefined,
    run: (editor) => editor.undo(),
  },
  {
    id: 'redo',
    title: 'Redo',
    group: 'Edit',
    keys: ['mod+shift+Z', 'mod+Y'],
    icon: 'redo',
    enabled: (editor) => editor.history.redoable !== undefined,
    run: (editor) => editor.redo(),
  },
];
