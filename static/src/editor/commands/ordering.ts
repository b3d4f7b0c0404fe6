/// Commands: what is drawn over what.
import { t } from '../../i18n/translate.svelte.ts';
import type { CellView } from '../../model/views.ts';
import type { Editor } from '../editor.svelte.ts';
import { overlaps } from '../geometry/box.ts';
import { called, calledAll } from '../gestures/words.ts';
import { loose } from './aim.ts';
import { stepOf, titleOf, type Command } from './command.ts';
import { levels } from './levels.ts';
import { extent } from './viewing.ts';

export const ORDERING: readonly Command[] = [
  order('to-front', ['mod+shift+ArrowUp', 'mod+}'], (others) => others.length),
  order('forward', ['mod+ArrowUp', 'mod+]'], (others, moved, editor) => {
    const top = editor.cells.findLastIndex((cell) => moved.has(cell));
    const over = editor.cells.find((cell, index) => index > top && touches(editor, cell, moved));
    return over ? others.indexOf(over) + 1 : null;
  }),
  order('backward', ['mod+ArrowDown', 'mod+['], (others, moved, editor) => {
    const bottom = editor.cells.findIndex((cell) => moved.has(cell));
    const under = editor.cells.findLast((cell, index) => index < bottom && touches(editor, cell, moved));
    return under ? others.indexOf(under) : null;
  }),
  order('to-back', ['mod+shift+ArrowDown', 'mod+{'], () => 0),
];

/** Over how many of the others the chosen ones come; null when nothing is in the way. */
type Place = (others: readonly CellView[], moved: ReadonlySet<CellView>, editor: Editor) => number | null;

function order(id: 'to-front' | 'forward' | 'backward' | 'to-back', keys: readonly string[], place: Place): Command {
  return {
    id,
    group: 'arrange',
    keys,
    icon: id,
    enabled: (editor) => loose(editor).length > 0,
    run: (editor) => {
      const moved = new Set(loose(editor));
      const others = editor.cells.filter((cell) => !moved.has(cell));
      const index = place(others, moved, editor);
      if (index === null) return editor.announce(t('commands.nothing-to-pass'));
      const inOrder = editor.cells.filter((cell) => moved.has(cell));
      const wanted = levels(editor.diagram.cells, others.toSpliced(index, 0, ...inOrder), moved);
      const operations = Array.from(wanted, ([cell, zIndex]) => {
        return { type: 'orderCell', diagram: editor.diagramId, cell: cell.id, zIndex } as const;
      });
      if (editor.do(stepOf({ id }, calledAll(inOrder)), operations))
        editor.announce(said(editor, inOrder, titleOf({ id })));
    },
  };
}

function touches(editor: Editor, cell: CellView, moved: ReadonlySet<CellView>): boolean {
  const box = extent(editor, cell);
  return [...moved].some((each) => {
    const other = extent(editor, each);
    return box !== null && other !== null && overlaps(box, other);
  });
}

function said(editor: Editor, cells: readonly CellView[], command: string): string {
  const top = editor.cells.findIndex((cell) => cells.some(({ id }) => id === cell.id));
  const under = top > 0 ? editor.cells[top - 1] : undefined;
  return under ? t('commands.now-over', { command, what: called(under) }) : t('commands.now-under', { command });
}
