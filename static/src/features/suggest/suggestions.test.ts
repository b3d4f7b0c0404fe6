import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { editorOf, flow, node } from '../../editor/commands/fixture.ts';
import type { Editor } from '../../editor/editor.svelte.ts';
import { button, click, control, enter, press, settled, show, textOf } from '../../editor/panes/shown.ts';
import { at } from '../../model/json/node.ts';
import { suggestion } from './fixture.ts';
import Suggestions from './Suggestions.svelte';

const SCOPE = { diagram: 7, elements: null };
const FAULT = { file: '.wyvern/rules/web.toml', line: 1200, message: 'There is no fact `publik`.' };

let editor: Editor;
let answering: (answer: Response | Error) => void;
let closed = 0;

beforeEach(() => {
  closed = 0;
  editor = editorOf([
    node('process', 'api', { x: 0, y: 0 }),
    node('store', 'db', { x: 300, y: 0 }),
    flow('f', 'api', 'db'),
  ]);
  vi.stubGlobal('fetch', async () => {
    const answer = await new Promise<Response | Error>((resolve) => (answering = resolve));
    if (answer instanceof Error) throw answer;
    return answer;
  });
  show(Suggestions, { editor, at: null, scope: SCOPE, close: () => (closed += 1) });
});

afterEach(() => vi.unstubAllGlobals());

const status = () => textOf(document.querySelector('[role="status"]'));
const rows = () => [...document.querySelectorAll<HTMLInputElement>('[data-offer]')];
const row = (index: number) => rows()[index] ?? document.body;
const titles = () => [...document.querySelectorAll('.head label, .head .title')].map(textOf);
const threats = () => editor.diagram.cells.flatMap((cell) => cell.threats.map(({ title }) => `${cell.id}: ${title}`));

async function answered(...offered: ReturnType<typeof suggestion>[]) {
  const data = { suggestions: offered, left_out: 3, faults: [FAULT] };
  answering(new Response(JSON.stringify({ status: 200, data })));
  await expect.poll(() => status()).not.toContain('Loading');
  await settled();
}

const three = () => answered(suggestion('api', 'w/a'), suggestion('api', 'w/b'), suggestion('f', 'w/c'));

test('what is offered is listed by element, with the reason, and the keyboard is at the first', async () => {
  expect(status()).toBe('Loading suggestions…');
  await three();
  expect([...document.querySelectorAll('h3')].map(textOf)).toEqual(['API Process', 'F Flow']);
  expect(titles()).toEqual(['Title of w/a', 'Title of w/b', 'Title of w/c']);
  expect(document.body.textContent).toContain('It is so.');
  expect(document.activeElement).toBe(row(0));
  expect(textOf(document.querySelector('details li'))).toBe(
    '.wyvern/rules/web.toml, line 1200 There is no fact `publik`.',
  );
  expect(document.body.textContent).toContain('3 more are left out.');
});

test('whoever has gone elsewhere before the answer comes stays there', async () => {
  button('By category').focus();
  await three();
  expect(document.activeElement).toBe(button('By category'));
});

test('the chosen ones are added as one step, one of them edited', async () => {
  await three();
  row(0).click();
  await press(row(0), 'ArrowDown');
  await press(row(1), 'End');
  expect(document.activeElement).toBe(row(2));
  await click(button('Edit Title of w/c'));
  await enter(control('Title'), 'My own');
  expect(rows().map(({ checked }) => checked)).toEqual([true, false, true]);
  expect(status()).toBe('3 suggestions, chosen: 2');
  row(2).focus();
  await press(row(2), 'Enter');
  expect(closed).toBe(1);
  expect(threats()).toEqual(['api: Title of w/a', 'f: My own']);
  expect(editor.done?.text).toBe('Added 2 threats.');
  editor.undo();
  expect(threats()).toEqual([]);
});

test('Enter adds the one where the keyboard is when none is chosen', async () => {
  await three();
  await press(row(0), 'Enter');
  expect(threats()).toEqual(['api: Title of w/a']);
});

test('all are chosen by keys, though not while one types', async () => {
  await three();
  await click(button('Edit Title of w/a'));
  await press(control('Title'), 'a', { ctrlKey: true });
  expect(status()).toBe('3 suggestions, chosen: 0');
  await press(row(0), 'a', { ctrlKey: true });
  expect(status()).toBe('3 suggestions, chosen: 3');
});

test('what is dismissed needs a reason, and can be had back', async () => {
  await three();
  row(1).focus();
  await press(row(1), 'Delete');
  expect(button('Dismiss 1 suggestion').disabled).toBe(true);
  await enter(control('Why does this not apply here?'), ' Inside only ');
  await click(button('Dismiss 1 suggestion'));
  expect(at(editor.diagram.cell('api')?.node, 'data', 'wyvern')?.raw.replace(/\s/g, '')).toBe(
    '{"dismissed":{"w/b":"Insideonly"}}',
  );
  expect(titles()).toEqual(['Title of w/a', 'Title of w/c']);
  expect(status()).toBe('Dismissed 1 suggestion. 2 suggestions, chosen: 0');
  expect(document.activeElement).toBe(row(0));
  await click(button('Dismissed (1)'));
  expect(textOf(document.querySelector('section li'))).toContain('Dismissed: Inside only');
  row(0).focus();
  await press(row(0), 'Enter');
  expect(titles()).toEqual([]);
  expect(document.body.textContent).toContain('No suggestion has been dismissed.');
  expect(at(editor.diagram.cell('api')?.node, 'data', 'wyvern')).toBeUndefined();
});

test('Escape leaves the question about the reason, nothing else', async () => {
  await three();
  await press(row(0), 'Backspace');
  const key = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, cancelable: true });
  control('Why does this not apply here?').dispatchEvent(key);
  await settled();
  expect([key.defaultPrevented, closed]).toEqual([true, 0]);
  expect(document.activeElement).toBe(row(0));
  expect(editor.history.steps).toEqual([]);
});

test('what is there already can be read, not chosen', async () => {
  await answered(suggestion('api', 'w/a', { state: 'present' }));
  expect(document.body.textContent).toContain('Nothing new to suggest here.');
  await click(button('Already there (1)'));
  await click(button('Details of Title of w/a'));
  expect(textOf(document.querySelector('section li'))).toContain('Mitigation What helps.');
  expect(document.querySelector('section li input')).toBeNull();
});

test('where the rules cannot be asked, those by category are there all the same', async () => {
  answering(new TypeError('Failed to fetch'));
  await expect.poll(() => textOf(document.querySelector('[role="alert"]'))).toContain('The rules could not be asked');
  await click(button('By category'));
  expect(titles()).toHaveLength(6 + 4 + 3);
  row(0).focus();
  await press(row(0), 'Enter');
  expect(threats()).toEqual(['api: Spoofing']);
});
