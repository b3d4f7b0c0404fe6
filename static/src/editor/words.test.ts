import { afterAll, beforeAll, expect, test } from 'vitest';
import { messagesOf } from '../i18n/testing.ts';
import { showMessages } from '../i18n/translate.svelte.ts';
import Canvas from './canvas/Canvas.svelte';
import { editorOf, flow, node } from './commands/fixture.ts';
import Help from './commands/Help.svelte';
import Palette from './commands/Palette.svelte';
import type { Editor } from './editor.svelte.ts';
import Export from './export/Export.svelte';
import DiagramTabs from './panes/DiagramTabs.svelte';
import Outline from './panes/Outline.svelte';
import Properties from './panes/Properties.svelte';
import { show } from './panes/shown.ts';
import Stencil from './Stencil.svelte';
import Toolbar from './Toolbar.svelte';

/** A language in which each message stands in brackets: what stands outside is no message. */
beforeAll(() => {
  const parts = Object.entries(messagesOf('en')).map(([part, messages]) => {
    return [part, Object.fromEntries(Object.entries(messages).map(([key, text]) => [key, `⟦${text}⟧`]))];
  });
  showMessages('de', Object.fromEntries(parts), messagesOf('en'));
});
afterAll(() => showMessages('en', messagesOf('en'), messagesOf('en')));

/** On a diagram in which all that the file says is numbers. */
function editor(): Editor {
  const threats = [{ id: '9', number: 9, title: '9', type: '9', status: 'Open', severity: 'High' }];
  const cells = [
    node('process', '1', { x: 0, y: 0 }, { data: { threats, hasOpenThreats: true } }),
    node('store', '2', { x: 300, y: 0 }),
    node('boundary-box', '3', { x: -50, y: -50 }),
    flow('4', '1', '2'),
  ];
  const it = editorOf(cells);
  it.do('', [{ type: 'setDiagramField', diagram: 7, key: 'title', value: '7' }]);
  return it;
}

const SPOKEN = ['aria-label', 'aria-valuetext', 'title', 'placeholder', 'alt'];

function wordsOutside(): string[] {
  // What the keyboard has on it is the same in all languages, and a drawing has the words of the file.
  const elements = [...document.body.querySelectorAll('*')].filter(
    (each) => !each.closest('kbd, style, svg svg, text'),
  );
  const texts = elements.flatMap((each) => [
    ...SPOKEN.map((name) => each.getAttribute(name) ?? ''),
    ...[...each.childNodes].filter((child) => child.nodeType === 3).map((child) => child.textContent ?? ''),
  ]);
  return texts.filter((text) => /\p{L}{2}/u.test(withoutMessages(text)));
}

function withoutMessages(text: string): string {
  const shorter = text.replace(/⟦[^⟦⟧]*⟧/gu, '');
  return shorter === text ? text : withoutMessages(shorter);
}

const nothing = () => undefined;

test.each([
  ['canvas', () => show(Canvas, { editor: editor() })],
  ['stencil', () => show(Stencil, { editor: editor() })],
  ['toolbar', () => show(Toolbar, { editor: editor() })],
  ['diagrams', () => show(DiagramTabs, { editor: editor() })],
  ['help', () => show(Help, {})],
  ['palette', () => show(Palette, { editor: editor(), onchoose: nothing })],
  ['export', () => show(Export, { editor: editor() })],
  ['properties of the diagram', () => show(Properties, { editor: editor() })],
  ['properties of an element', () => show(Properties, { editor: selecting('1') })],
  ['properties of several', () => show(Properties, { editor: selecting('1', '2') })],
  ['properties of a flow', () => show(Properties, { editor: selecting('4') })],
  ['outline', () => show(Outline, { editor: selecting('1') })],
])('all words of %s are messages', (_, mount) => {
  mount();
  expect(document.body.innerHTML).toContain('⟦');
  expect(wordsOutside()).toEqual([]);
});

function selecting(...ids: string[]): Editor {
  const it = editor();
  it.selection.only(...ids);
  return it;
}
