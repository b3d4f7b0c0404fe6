/// Command: laying the diagram out anew.
import type { Command } from './command.ts';

export const LAYOUT: readonly Command[] = [
  {
    id: 'layout',
    group: 'arrange',
    keys: ['mod+shift+E'],
    icon: 'layout',
    enabled: (editor) => editor.cells.some((cell) => !cell.locked && cell.position !== null),
    run: (editor) => (editor.panel = { name: 'layout' }),
  },
];
