/// The system's clipboard: by the browser's events for the keys, and asked for by menu and toolbar.
import { t } from '../../../i18n/translate.svelte.ts';
import type { CellView } from '../../../model/views.ts';
import type { Editor } from '../../editor.svelte.ts';
import { toSvg } from '../../export/svg.ts';
import { aimed, loose } from '../aim.ts';
import { remove } from '../deleting.ts';
import { isTyping } from '../typing.ts';
import { calledAll } from '../../gestures/words.ts';
import { cellsText, threatsText } from './clip.ts';
import { paste } from './paste.ts';

/** Answers `copy` and `cut`: with what is selected, unless it is a text. */
export function copied(event: ClipboardEvent, editor: Editor): void {
  const cut = event.type === 'cut';
  const aim = aimed(editor);
  const cells = cut ? loose(editor) : aim;
  if (cells.length === 0 || !event.clipboardData || isElsewhere(event, editor)) return;
  event.preventDefault();
  event.clipboardData.setData('text/plain', cellsText(cells, editor.diagram));
  void withPicture(editor, cells).catch(() => undefined);
  finish(editor, aim, cut);
}

export function pasted(event: ClipboardEvent, editor: Editor): void {
  if (!event.clipboardData || isElsewhere(event, editor)) return;
  event.preventDefault();
  paste(editor, event.clipboardData.getData('text/plain'));
}

/** Whether the event belongs to a text, or to what lies over the canvas. */
function isElsewhere(event: ClipboardEvent, editor: Editor): boolean {
  const selection = event.type === 'paste' ? null : document.getSelection();
  return (
    event.defaultPrevented ||
    editor.busy ||
    editor.panel !== null ||
    isTyping(event.target) ||
    selection?.type === 'Range'
  );
}

/** Copies without the browser's event. */
export async function copy(editor: Editor, cut: boolean): Promise<void> {
  const aim = aimed(editor);
  const cells = cut ? loose(editor) : aim;
  try {
    if (!(await withPicture(editor, cells))) await navigator.clipboard.writeText(cellsText(cells, editor.diagram));
  } catch {
    return editor.warn(t('commands.clipboard-refused'));
  }
  finish(editor, aim, cut);
}

export async function copyThreats(editor: Editor, cells: readonly CellView[]): Promise<void> {
  const threats = cells.flatMap((cell) => cell.threats);
  try {
    await navigator.clipboard.writeText(threatsText(threats));
    editor.announce(t('commands.copied-threats', { what: calledAll(cells) }));
  } catch {
    editor.warn(t('commands.clipboard-refused'));
  }
}

/** Pastes without the browser's event. */
export async function pasteHere(editor: Editor, at?: { x: number; y: number }): Promise<void> {
  let text: string;
  try {
    text = await navigator.clipboard.readText();
  } catch {
    return editor.warn(t('commands.clipboard-refused'));
  }
  paste(editor, text, at);
}

/** What was copied is cut, whatever is selected by now; what has been changed meanwhile, or is not shown, stays. */
function finish(editor: Editor, aim: readonly CellView[], cut: boolean): void {
  const there = cut ? aim.filter((cell) => editor.cells.includes(cell)) : [];
  if (there.length > 0) remove(editor, 'cut', there);
  else editor.announce(t('commands.copied', { what: calledAll(aim) }));
}

const SVG = 'image/svg+xml';

/** The cells for this app, and as a drawing for others. Whether the browser can do that. */
async function withPicture(editor: Editor, cells: readonly CellView[]): Promise<boolean> {
  if (typeof ClipboardItem === 'undefined' || !ClipboardItem.supports?.(SVG)) return false;
  const text = cellsText(cells, editor.diagram);
  const svg = toSvg(editor.document, editor.diagram, {}, cells);
  const item = new ClipboardItem({
    'text/plain': new Blob([text], { type: 'text/plain' }),
    [SVG]: new Blob([svg], { type: SVG }),
  });
  await navigator.clipboard.write([item]);
  return true;
}
