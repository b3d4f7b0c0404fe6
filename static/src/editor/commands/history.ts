/// Commands: undo and redo.
import type { Command } from './command.ts';

export const HISTORY: readonly Command[] = [
  {
    id: 'undo',
    group: 'edit',
    keys: ['mod+Z'],
    icon: 'undo',
    about: (editor) => editor.history.undoable?.name ?? '',
    enabled: (editor) => editor.history.undoable !== undefined,
    run: (editor) => editor.undo(),
  },
  {
    id: 'redo',
    group: 'edit',
    keys: ['mod+shift+Z', 'mod+Y'],
    icon: 'redo',
    about: (editor) => editor.history.redoable?.name ?? '',
    enabled: (editor) => editor.history.redoable !== undefined,
    run: (editor) => editor.redo(),
  },
];
