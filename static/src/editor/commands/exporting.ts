/// Commands: the diagram as a file, as a picture for other programs, and on paper. Always light, with the badges
/// that are shown.
import type { CellView } from '../../model/views.ts';
import type { Editor } from '../editor.svelte.ts';
import { copyPicture, copySvg } from '../export/clipboard.ts';
import { png, PictureError, type Scale } from '../export/png.ts';
import { print } from '../export/print.ts';
import { fileName, save } from '../export/save.ts';
import { toSvg } from '../export/svg.ts';
import { calledAll } from '../gestures/words.ts';
import type { Command } from './command.ts';

/** Pictures in documents are shown on screens and paper that are finer than one point for a pixel. */
const COPIED: Scale = 2;

const SIZES: readonly (readonly [Scale, string])[] = [
  [1, 'Export as PNG'],
  [2, 'Export as PNG, twice as large'],
  [3, 'Export as PNG, three times as large'],
  [4, 'Export as PNG, four times as large'],
];

export const EXPORTING: readonly Command[] = [
  exporting('export-svg', 'Export as SVG', (editor) => {
    const drawing = new Blob([drawn(editor)], { type: 'image/svg+xml' });
    return saved(editor, 'svg', drawing);
  }),
  ...SIZES.map(([scale, title]) =>
    exporting(`export-png-${scale}`, title, async (editor) => saved(editor, 'png', await png(drawn(editor), scale))),
  ),
  exporting('copy-picture', 'Copy as picture', async (editor) => {
    const cells = chosen(editor);
    await copyPicture(drawn(editor, cells), COPIED);
    return `Copied as picture: ${calledAll(cells)}`;
  }),
  exporting('copy-svg', 'Copy as SVG', async (editor) => {
    const cells = chosen(editor);
    await copySvg(drawn(editor, cells));
    return `Copied as SVG: ${calledAll(cells)}`;
  }),
  {
    ...exporting('print', 'Print', (editor) => {
      print(drawn(editor));
      return '';
    }),
    keys: ['mod+P'],
    icon: 'print',
  },
];

/** `make` says what has been done, or throws why it could not be. */
function exporting(id: string, title: string, make: (editor: Editor) => string | Promise<string>): Command {
  return {
    id,
    title,
    group: 'Export',
    enabled: (editor) => editor.cells.length > 0,
    run: (editor) => void attempt(editor, make),
  };
}

async function attempt(editor: Editor, make: (editor: Editor) => string | Promise<string>): Promise<void> {
  try {
    editor.announce(await make(editor));
  } catch (thrown) {
    if (!(thrown instanceof PictureError)) throw thrown;
    editor.warn(thrown.message);
  }
}

function drawn(editor: Editor, cells: readonly CellView[] = editor.cells): string {
  return toSvg(editor.document, editor.diagram, { badges: editor.shows.badges }, cells);
}

/** What is copied: the selection, or all. */
function chosen(editor: Editor): readonly CellView[] {
  return editor.selected.length > 0 ? editor.selected : editor.cells;
}

function saved(editor: Editor, extension: 'svg' | 'png', content: Blob): string {
  const name = fileName(editor.diagram, extension);
  save(name, content);
  return `Exported as ${name}`;
}
