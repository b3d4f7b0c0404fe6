import { describe, expect, test } from 'vitest';
import type { Editor } from '../editor.svelte.ts';
import { editorOf, flow, node } from './fixture.ts';
import { COMMANDS } from './index.ts';
import { commandFor, press, pressElsewhere } from './keys.ts';

const shop = () =>
  editorOf([
    node('process', 'a', { x: 0, y: 0 }),
    node('store', 'b', { x: 300, y: 0 }),
    node('text', 'note', { x: 0, y: 300 }),
    flow('f', 'a', 'b'),
  ]);

const idFor = (chord: string, editor: Editor) => commandFor(chord, editor)?.id;

/** Keys that mean one thing or another by what is selected or drawn; each with all commands that have them. */
const SHARED = new Map([
  ['F', ['connect', 'tool-flow']],
  ['Escape', ['select-none', 'rest']],
  ['Enter', ['place', 'open', 'rename']],
  ['mod+shift+L', ['lock', 'unlock']],
  ['mod+shift+Enter', ['suggest', 'suggest-diagram']],
  ['ArrowLeft', ['nudge-left-1', 'go-left']],
  ['ArrowRight', ['nudge-right-1', 'go-right']],
  ['ArrowUp', ['nudge-up-1', 'go-up']],
  ['ArrowDown', ['nudge-down-1', 'go-down']],
]);

test('no two commands have the same keys, but for those that are never meant at once', () => {
  const chords = new Map<string, string[]>();
  for (const { id, keys } of COMMANDS) for (const key of keys ?? []) chords.set(key, [...(chords.get(key) ?? []), id]);
  expect(new Map([...chords].filter(([, ids]) => ids.length > 1))).toEqual(SHARED);
});

test('keys are written in one way', () => {
  for (const { keys } of COMMANDS) {
    for (const key of keys ?? []) expect(key).toMatch(/^(mod\+)?(alt\+)?(shift\+)?([A-Z0-9?[\]{}=\-']|[A-Z]\w+)$/);
  }
});

test('every tool has its letter', () => {
  const editor = shop();
  const tools = Array.from('VHPSAFBCT', (letter) => {
    commandFor(letter, editor)?.run(editor);
    return editor.tool;
  });
  const wanted = ['select', 'hand', 'process', 'store', 'actor', 'flow', 'boundary-box', 'boundary-curve', 'text'];
  expect(tools).toEqual(wanted);
});

describe('shared keys', () => {
  test('F connects from an element, and is the tool elsewhere', () => {
    const editor = shop();
    editor.focus = 'a';
    expect(idFor('F', editor)).toBe('connect');
    for (const focus of ['note', 'f', null]) {
      editor.focus = focus;
      expect(idFor('F', editor)).toBe('tool-flow');
    }
  });

  test('Enter places with a tool, opens what is passed, renames what is selected', () => {
    const editor = shop();
    expect(idFor('Enter', editor)).toBeUndefined();
    editor.focus = 'a';
    expect(idFor('Enter', editor)).toBe('open');
    editor.selection.only('a');
    expect(idFor('Enter', editor)).toBe('rename');
    editor.tool = 'store';
    expect(idFor('Enter', editor)).toBe('place');
  });

  test('arrows go about, and move what is selected where they are', () => {
    const editor = shop();
    editor.focus = 'a';
    expect(idFor('ArrowRight', editor)).toBe('go-right');
    editor.selection.only('a');
    expect(idFor('ArrowRight', editor)).toBe('nudge-right-1');
    editor.focus = 'b';
    expect(idFor('ArrowRight', editor)).toBe('go-right');
    editor.focus = null;
    expect(idFor('ArrowRight', editor)).toBe('nudge-right-1');
  });
});

describe('a press', () => {
  const event = (key: string, more: KeyboardEventInit = {}) =>
    new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true, ...more });

  test('runs a command, and the browser does nothing', () => {
    const editor = shop();
    const it = event('a', { ctrlKey: true });
    expect(press(it, editor)).toBe(true);
    expect([editor.selection.size, it.defaultPrevented]).toEqual([4, true]);
  });

  test('with the control key never gets the meaning that the browser gives it', () => {
    const it = event('d', { ctrlKey: true });
    expect(press(it, shop())).toBe(false);
    expect(it.defaultPrevented).toBe(true);
  });

  test('on the clipboard is left to the browser', () => {
    const editor = shop();
    editor.selection.only('a');
    const it = event('c', { ctrlKey: true });
    expect(press(it, editor)).toBe(false);
    expect(it.defaultPrevented).toBe(false);
  });

  test('in a field is no command, nor is one while something is under way', () => {
    const editor = shop();
    const field = document.createElement('textarea');
    const it = event('Delete');
    field.addEventListener('keydown', (heard) => press(heard, editor));
    editor.selection.only('a');
    field.dispatchEvent(it);
    expect(editor.history.steps).toHaveLength(0);
    const gesture = editor.begin('Move');
    expect(press(event('Delete'), editor)).toBe(false);
    gesture.cancel();
    expect(press(event('Delete'), editor)).toBe(true);
    expect(editor.history.steps).toHaveLength(1);
  });

  test('of Tab goes on to the browser at both ends of the diagram', () => {
    const editor = shop();
    editor.focus = 'a';
    expect(press(event('Tab', { shiftKey: true }), editor)).toBe(false);
    const passed = [editor.focus];
    while (press(event('Tab'), editor)) passed.push(editor.focus);
    expect(passed).toEqual(['a', 'f', 'b', 'note']);
  });
});

describe('beside the canvas', () => {
  /** Pressed in an element of a page; what the editor is like then. */
  function pressed(html: string, key: string, editor = shop()) {
    document.body.innerHTML = html;
    const it = new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true });
    const hear = (event: KeyboardEvent) => pressElsewhere(event, editor);
    window.addEventListener('keydown', hear);
    document.body.querySelector('button, input')?.dispatchEvent(it);
    window.removeEventListener('keydown', hear);
    return { editor, prevented: it.defaultPrevented };
  }

  test.each(['<button></button>', '<div data-letters><button></button></div>', '<input>'])(
    'Escape puts the tool away, and leaves what is selected: %s',
    (html) => {
      const editor = shop();
      editor.selection.only('a');
      editor.tool = 'store';
      expect(pressed(html, 'Escape', editor).prevented).toBe(true);
      expect(editor.tool).toBe('select');
      expect(pressed(html, 'Escape', editor).prevented).toBe(false);
      expect(editor.selection.size).toBe(1);
    },
  );

  test('letters mean the same on the buttons around the canvas only', () => {
    expect(pressed('<div data-letters><button></button></div>', 's').editor.tool).toBe('store');
    for (const html of [
      '<button></button>',
      '<div data-letters><input></div>',
      '<dialog open data-letters><button></button></dialog>',
    ]) {
      expect(pressed(html, 's').editor.tool, html).toBe('select');
    }
  });

  test('other keys are those of the button', () => {
    const editor = shop();
    editor.selection.only('a');
    for (const key of ['Delete', 'Enter', 'ArrowLeft', ' ']) {
      expect(pressed('<div data-letters><button></button></div>', key, editor).prevented, key).toBe(false);
    }
    expect(editor.history.steps).toHaveLength(0);
  });
});

test('what only the mouse has pressed is what no key is about, once nothing is selected', () => {
  const editor = shop();
  editor.focus = 'a';
  editor.focusedByMouse = true;
  for (const chord of ['Delete', 'F2', 'O', 'Enter']) expect(idFor(chord, editor), chord).toBeUndefined();
  expect(idFor('F', editor)).toBe('tool-flow');
  expect(idFor('ArrowRight', editor)).toBe('go-right');
  editor.selection.only('a');
  expect(idFor('Delete', editor)).toBe('delete');
});
