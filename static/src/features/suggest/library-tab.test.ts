import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Library } from '../../api/library.ts';
import { Problem } from '../../api/problem.ts';
import { editorOf, flow, node } from '../../editor/commands/fixture.ts';
import type { Editor } from '../../editor/editor.svelte.ts';
import { button, click, control, enter, press, settled, show, textOf } from '../../editor/panes/shown.ts';
import { kept } from '../library/fixture.ts';
import { Shelf } from '../library/shelf.svelte.ts';
import Suggestions from './Suggestions.svelte';

const ENTRIES = [
  kept('wyvern/sql', { origin: 'built-in', title: 'SQL injection', tags: ['database'] }),
  kept('acme/forged', { title: 'Forged webhook' }),
  kept('acme/replayed', { title: 'Replayed webhook', tags: ['webhook', 'time'] }),
];
const FAULT = { file: '.wyvern/library/acme.toml', line: 3, message: 'A threat needs a title.' };

let editor: Editor;
let answers: (Library | Error)[];
let closed = 0;

beforeEach(() => {
  closed = 0;
  answers = [{ threats: ENTRIES, mitigations: [], faults: [FAULT] }];
  editor = editorOf([
    node('process', 'api', { x: 0, y: 0 }),
    node('store', 'db', { x: 300, y: 0 }),
    flow('f', 'api', 'db'),
  ]);
  const data = { suggestions: [], left_out: 0, faults: [] };
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ status: 200, data })));
});

afterEach(() => vi.unstubAllGlobals());

async function open(elements: readonly string[] | null) {
  const ask = async () => {
    const answer = answers.shift() ?? new Error('asked too often');
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const close = () => (closed += 1);
  show(Suggestions, { editor, at: null, shelf: new Shelf(ask), scope: { diagram: 7, elements }, close });
  await click(button('From the library'));
  await settled();
}

const status = () => textOf(document.querySelector('[role="status"]'));
const rows = () => [...document.querySelectorAll<HTMLInputElement>('[data-offer]')];
const row = (index: number) => rows()[index] ?? document.body;
const titles = () => [...document.querySelectorAll('.head label, .head .title')].map(textOf);
const threats = () => editor.diagram.cells.flatMap((cell) => cell.threats.map(({ title }) => `${cell.id}: ${title}`));

test('the team’s own come first; what was chosen stays chosen while something else is sought', async () => {
  await open(['api']);
  expect(titles()).toEqual(['Forged webhook', 'Replayed webhook', 'SQL injection']);
  expect(textOf(document.querySelector('details li'))).toContain('A threat needs a title.');
  row(0).click();
  await enter(control('Search'), 'sql');
  expect([titles(), status()]).toEqual([['SQL injection'], '1 threat, chosen: 1']);
  await press(control('Search'), 'ArrowDown');
  expect(document.activeElement).toBe(row(0));
  row(0).click();
  await press(row(0), 'Enter');
  expect([closed, threats()]).toEqual([1, ['api: Forged webhook', 'api: SQL injection']]);
  expect([editor.done?.text, editor.history.undoable?.name]).toEqual([
    'Added 2 threats.',
    'Add 2 threats from the library',
  ]);
  editor.undo();
  expect(threats()).toEqual([]);
});

test('by source and by tag; all that are found can be chosen, and no other', async () => {
  await open(['api']);
  await enter(control('Tag'), 'webhook');
  expect(titles()).toEqual(['Forged webhook', 'Replayed webhook']);
  await press(row(0), 'a', { ctrlKey: true });
  expect(status()).toBe('2 threats, chosen: 2');
  await enter(control('Tag'), '');
  await enter(control('Source'), 'built-in');
  expect([titles(), status()]).toEqual([['SQL injection'], '1 threat, chosen: 2']);
  await enter(control('Source'), '');
  await click(button('Select all'));
  await click(button('Clear the selection'));
  expect(status()).toBe('3 threats, chosen: 0');
});

test('of a whole diagram one says to which element', async () => {
  await open(null);
  await enter(control('Add to'), '1');
  await click(button('Edit Forged webhook'));
  await enter(control('Title'), 'Forged call');
  await click(button('Add 1 threat'));
  expect(threats()).toEqual(['db: Forged call']);
});

test('a category that the entry does not say is marked until somebody chooses it', async () => {
  answers = [
    { threats: [kept('acme/x', { title: 'Odd', categories: { LINDDUN: 'Linking' } })], mitigations: [], faults: [] },
  ];
  await open(['api']);
  expect(textOf(document.querySelector('.facts'))).toContain('Spoofing Choose the category');
  await click(button('Edit Odd'));
  expect(document.body.textContent).toContain('names no category for this methodology');
  await enter(control('Type'), 'Repudiation');
  expect(textOf(document.querySelector('.facts'))).not.toContain('Choose');
  expect(document.body.textContent).not.toContain('names no category for this methodology');
  await click(button('Add 1 threat'));
  expect(editor.diagram.cell('api')?.threats).toMatchObject([{ type: 'Repudiation' }]);
});

test('of several elements each gets it, unless it has it; then it cannot be chosen again', async () => {
  await open(['api', 'db']);
  row(1).focus();
  await press(row(1), 'Enter');
  expect(threats()).toEqual(['api: Replayed webhook', 'db: Replayed webhook']);
  await settled();
  expect(document.querySelectorAll('ul input[type=checkbox]')).toHaveLength(2);
  expect(document.body.textContent).toContain('Already there');
});

test('where it cannot be read one can ask again', async () => {
  answers.unshift(new Problem(503, 'Away', 'It is away.'));
  await open(['api']);
  expect(textOf(document.querySelector('[role="alert"]'))).toContain('The library could not be read');
  await click(button('Try again'));
  await settled();
  expect(titles()).toHaveLength(3);
});
