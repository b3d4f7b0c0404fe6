/// Commands: the diagram as a picture, for documents and for paper.
import { print } from '../export/print.ts';
import { toSvg } from '../export/svg.ts';
import type { Command } from './command.ts';

export const EXPORTING: readonly Command[] = [
  {
    id: 'export',
    group: 'edit',
    keys: ['mod+E'],
    icon: 'export',
    enabled: (editor) => editor.cells.length > 0,
    run: (editor) => (editor.panel = { name: 'export' }),
  },
  {
    id: 'print',
    group: 'edit',
    keys: ['mod+P'],
    icon: 'print',
    enabled: (editor) => editor.cells.length > 0,
    run: ({ document, diagram }) => print(toSvg(document, diagram, { badges: true })),
  },
];
