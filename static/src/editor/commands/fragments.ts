/// Command: a part of a diagram that a team keeps, put into this one.
import type { Command } from './command.ts';

export const FRAGMENTS: readonly Command[] = [
  {
    id: 'insert-fragment',
    group: 'edit',
    enabled: (editor) => editor.supply !== null,
    run: (editor) => (editor.panel = { name: 'fragment', as: 'cells' }),
  },
];
