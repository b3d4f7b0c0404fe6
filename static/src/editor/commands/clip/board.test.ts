import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Editor } from '../../editor.svelte.ts';
import { editorOf, flow, LOCKED, node } from '../fixture.ts';
import { copied, copy, pasted } from './board.ts';

const shop = () =>
  editorOf([
    node('process', 'a', { x: 0, y: 0 }),
    node('store', 'b', { x: 300, y: 0 }),
    node('actor', 'c', { x: 600, y: 0 }, LOCKED),
    flow('ab', 'a', 'b'),
  ]);

/** An event of the browser, heard by the page and answered. */
function event(type: 'copy' | 'cut' | 'paste', editor: Editor, text = '', target: Element = document.body) {
  const data = new DataTransfer();
  if (text !== '') data.setData('text/plain', text);
  const it = new ClipboardEvent(type, { clipboardData: data, bubbles: true, cancelable: true });
  const answer = type === 'paste' ? pasted : copied;
  const heard = (each: Event) => answer(each as ClipboardEvent, editor);
  document.addEventListener(type, heard);
  target.dispatchEvent(it);
  document.removeEventListener(type, heard);
  return { text: data.getData('text/plain'), taken: it.defaultPrevented };
}

const ids = (editor: Editor) => editor.diagram.cells.map(({ id }) => id);

test('what is copied can be pasted into another model', () => {
  const [from, to] = [shop(), editorOf([])];
  from.selection.only('a', 'b', 'ab');
  const { text, taken } = event('copy', from);
  expect([taken, from.said.text, from.history.steps.length]).toEqual([true, 'Copied: 3 elements', 0]);
  event('paste', to, text);
  expect(to.diagram.cells.map(({ kind }) => kind)).toEqual(['process', 'store', 'flow']);
  expect(to.said.text).toBe('Done: Paste 3 elements');
});

test('what is cut is gone, with its flows, in one step; what is locked is not cut', () => {
  const editor = shop();
  editor.selection.only('a', 'c');
  const { text } = event('cut', editor);
  expect(ids(editor)).toEqual(['b', 'c']);
  expect([editor.history.steps.length, editor.history.undoable?.name]).toEqual([1, 'Cut A']);
  event('paste', editor, text);
  expect(ids(editor)).toEqual(['b', 'c', 'new-1']);
});

describe('what is cut by a menu, while the browser takes its time', () => {
  afterEach(() => vi.unstubAllGlobals());

  async function cut(editor: Editor, meanwhile: () => void): Promise<void> {
    const writeText = async () => meanwhile();
    vi.stubGlobal('navigator', { clipboard: { writeText } });
    editor.selection.only('a');
    await copy(editor, true);
  }

  test('is what was copied, not what is selected by then', async () => {
    const editor = shop();
    await cut(editor, () => editor.selection.only('b', 'c'));
    expect(ids(editor)).toEqual(['b', 'c']);
    expect(editor.said.text).toBe('Cut A and 1 flow.');
  });

  test('stays when another diagram is shown by then', async () => {
    const editor = shop();
    await cut(editor, () => editor.show(9));
    expect([editor.history.steps.length, editor.said.text]).toEqual([0, 'Copied: A']);
  });
});

describe('the browser keeps its own way', () => {
  const field = document.body.appendChild(document.createElement('textarea'));

  test('in a field', () => {
    const editor = shop();
    editor.selection.only('a');
    expect(event('copy', editor, '', field).taken).toBe(false);
    expect(event('cut', editor, '', field).taken).toBe(false);
    expect(event('paste', editor, 'x', field).taken).toBe(false);
    expect(ids(editor)).toHaveLength(4);
  });

  test('with nothing to copy', () => {
    expect(event('copy', shop()).taken).toBe(false);
  });

  test('under a panel, and while something is under way', () => {
    const editor = shop();
    editor.selection.only('a');
    editor.panel = { name: 'find' };
    expect(event('cut', editor).taken).toBe(false);
    editor.panel = null;
    const gesture = editor.begin('Move');
    expect(event('cut', editor).taken).toBe(false);
    gesture.cancel();
    expect(event('cut', editor).taken).toBe(true);
  });
});
