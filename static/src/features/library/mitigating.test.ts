import { beforeEach, expect, test } from 'vitest';
import { editorOf, node } from '../../editor/commands/fixture.ts';
import type { Editor } from '../../editor/editor.svelte.ts';
import { button, click, control, enter, press, settled, show, textOf } from '../../editor/panes/shown.ts';
import { kept } from './fixture.ts';
import Mitigations from './Mitigations.svelte';
import { withMitigation } from './mitigating.ts';
import { Shelf } from './shelf.svelte.ts';

const KEPT = [
  kept('wyvern/tls', { origin: 'built-in', title: 'Use TLS', description: 'Everywhere.', tags: ['network'] }),
  kept('acme/sign', { title: 'Sign webhooks', description: 'With HMAC.' }),
];
const OF = { diagram: 7, cell: 'api', threat: 't' };
const THREAT = {
  id: 't',
  title: 'Forged',
  status: 'Open',
  severity: 'High',
  type: 'Tampering',
  mitigation: 'Log it.\n',
};

let editor: Editor;
let closed = 0;

beforeEach(() => {
  closed = 0;
  editor = editorOf([node('process', 'api', { x: 0, y: 0 }, { data: { threats: [THREAT] } })]);
});

async function open(mitigations = KEPT) {
  const shelf = new Shelf(async () => ({ threats: [], mitigations, faults: [] }));
  show(Mitigations, { editor, shelf, of: OF, close: () => (closed += 1) });
  await settled();
}

const radios = () => [...document.querySelectorAll<HTMLInputElement>('input[type=radio]')];

test.each([
  ['', 'A: b'],
  [' \n', 'A: b'],
  ['Own.', 'Own.\n\nA: b'],
  ['Own.\n\n\n', 'Own.\n\nA: b'],
])('%j', (before, after) => {
  expect(withMitigation(before, { title: 'A', description: 'b' })).toBe(after);
});

test('the one that is chosen goes behind what is there, after an empty line, as one step', async () => {
  await open();
  expect([...document.querySelectorAll('fieldset label')].map(textOf)).toEqual(['Sign webhooks', 'Use TLS']);
  expect(button('Add to the mitigation').disabled).toBe(true);
  await press(control('Search'), 'ArrowDown');
  expect(document.activeElement).toBe(radios()[0]);
  await click(radios()[0] ?? document.body);
  await click(button('Add to the mitigation'));
  expect(editor.diagram.cell('api')?.threats[0]?.mitigation).toBe('Log it.\n\nSign webhooks: With HMAC.');
  expect([closed, editor.done?.text, editor.history.steps.length]).toEqual([1, 'Added Sign webhooks.', 1]);
});

test('what is not listed any more is not added', async () => {
  await open();
  await click(radios()[0] ?? document.body);
  await enter(control('Search'), 'tls');
  expect([radios().length, button('Add to the mitigation').disabled]).toEqual([1, true]);
  document.querySelector('form')?.requestSubmit();
  await settled();
  expect(editor.history.steps).toEqual([]);
});

test('where there is none it is said where they are kept', async () => {
  await open([]);
  expect(document.body.textContent).toContain('.wyvern/library');
  expect(radios()).toEqual([]);
});
