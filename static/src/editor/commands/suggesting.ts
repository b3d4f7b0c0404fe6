/// Commands: threats that may be missing, of what is selected or of the whole diagram.
import { takesThreats } from '../panes/threat.ts';
import type { Editor } from '../editor.svelte.ts';
import { aimed, choose } from './aim.ts';
import type { Command } from './command.ts';

const KEY = 'mod+shift+Enter';

const OF_ELEMENTS = {
  id: 'suggest',
  group: 'change',
  keys: [KEY],
  icon: 'suggest',
  enabled: (editor) => aimed(editor).some(takesThreats),
  run: (editor) => {
    const cells = aimed(editor);
    choose(
      editor,
      cells.map(({ id }) => id),
    );
    const elements = cells.filter(takesThreats).map(({ id }) => id);
    editor.panel = { name: 'suggest', diagram: editor.diagramId, elements };
  },
} as const satisfies Command;

const OF_DIAGRAM = {
  id: 'suggest-diagram',
  group: 'change',
  keys: [KEY],
  icon: 'suggest',
  enabled: (editor) => editor.cells.some(takesThreats),
  run: (editor) => (editor.panel = { name: 'suggest', diagram: editor.diagramId, elements: null }),
} as const satisfies Command;

export const SUGGESTING: readonly Command[] = [OF_ELEMENTS, OF_DIAGRAM];

/** The one of them that is meant beside the canvas, where only what is selected counts. */
export function suggesting(editor: Editor): typeof OF_ELEMENTS | typeof OF_DIAGRAM {
  return editor.selection.size > 0 ? OF_ELEMENTS : OF_DIAGRAM;
}
