import { flushSync, mount, tick, unmount } from 'svelte';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { History } from '../../model/history.ts';
import { newDiagram } from '../../model/new-model.ts';
import type { Editor } from '../editor.svelte.ts';
import OverCanvas from './OverCanvas.svelte';
import { hand } from './testing.ts';

const MERGED = { type: 'setSummaryField', key: 'title', value: 'Merged' } as const;

let editor: Editor;
let shown: ReturnType<typeof mount>;

beforeEach(() => {
  editor = hand().editor;
  editor.do('Add a diagram', [{ type: 'addDiagram', diagram: newDiagram('STRIDE', 'Other') }]);
  shown = mount(OverCanvas, { target: document.body, props: { editor } });
});

afterEach(() => unmount(shown));

/** Types a name in the field on the canvas. */
function type(cell: string, name: string): HTMLTextAreaElement {
  editor.naming = cell;
  flushSync();
  const field = document.querySelector('textarea');
  if (!field) throw new Error('there is a field');
  field.value = name;
  field.dispatchEvent(new Event('input'));
  return field;
}

function press(field: Element, init: KeyboardEventInit): boolean {
  let heard = false;
  const hear = () => (heard = true);
  document.addEventListener('keydown', hear);
  field.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init }));
  document.removeEventListener('keydown', hear);
  flushSync();
  return heard;
}

test('the keys that save keep the name first, and go on to the page', () => {
  const field = type('api', 'Gateway');
  expect(press(field, { key: 's', ctrlKey: true })).toBe(true);
  expect(editor.diagram.cell('api')?.name).toBe('Gateway');
  expect(editor.naming).toBeNull();
});

test('keys that are typed stay in the field', () => {
  expect(press(type('api', 'Gateway'), { key: 'd' })).toBe(false);
  expect(editor.naming).toBe('api');
});

test('a name that is being typed is kept where it belongs when another diagram is shown', async () => {
  type('api', 'Gateway');
  editor.show(1);
  await tick();
  expect([editor.naming, document.querySelector('textarea')]).toEqual([null, null]);
  expect(editor.document.diagram(0)?.cell('api')?.name).toBe('Gateway');
});

test('a name that is being typed is kept in what a merge has made', async () => {
  type('api', 'Gateway');
  editor.restart(History.of(editor.document).do({ name: 'Merged', operations: [MERGED], at: 0 }));
  await tick();
  expect(editor.history.steps.map(({ name }) => name)).toEqual(['Merged', 'Rename API']);
  expect(editor.document.title).toBe('Merged');
});

test('a question on the canvas goes with the diagram, and its flow with it', () => {
  editor.panel = { name: 'add', at: { x: 0, y: 0 } };
  editor.show(1);
  expect(editor.panel).toBeNull();
});
