import { expect, test } from 'vitest';
import { Document } from '../model/document.ts';
import { History } from '../model/history.ts';
import { get, items, at, asText } from '../model/json/node.ts';
import { isCellEnd } from '../model/views.ts';
import { addDiagram, duplicateDiagram, moveDiagram, removeDiagram, retypeDiagram } from './diagrams.ts';
import { Editor } from './editor.svelte.ts';
import { shopEditor } from './panes/fixture.ts';

const titles = (editor: Editor) => editor.document.diagrams.map(({ title }) => title);

function first(editor: Editor) {
  const [view] = editor.document.diagrams;
  if (!view) throw new Error('there is none');
  return view;
}

test('a copy stands behind its original, as one step, with ids and numbers of its own', () => {
  const editor = shopEditor();
  const before = editor.document.text();
  const id = duplicateDiagram(editor, first(editor));
  expect(id).toBe(2);
  expect(titles(editor)).toEqual(['Paying', 'Paying (copy)', 'Shipping']);
  const [original, copy] = editor.document.diagrams;
  expect(copy?.cells.map(({ name, kind }) => [name, kind])).toEqual(
    original?.cells.map(({ name, kind }) => [name, kind]),
  );
  const ids = editor.document.diagrams.flatMap(({ cells }) =>
    cells.flatMap((cell) => [cell.id, ...cell.threats.map((threat) => threat.id)]),
  );
  expect(new Set(ids).size).toBe(ids.length);
  expect(copy?.cells.flatMap(({ threats }) => threats.map(({ number }) => number))).toEqual([4, 5]);
  editor.undo();
  expect(editor.document.text()).toBe(before);
});

test('in a copy flows, ports and boundaries refer to the copies', () => {
  const node = (id: string, more: object = {}) => ({
    id,
    shape: 'process',
    position: { x: 0, y: 0 },
    size: { width: 9, height: 9 },
    ports: { items: [{ group: 'top', id: `${id}-top` }] },
    data: { name: id },
    ...more,
  });
  const cells = [
    node('a'),
    node('b'),
    { id: 'f', shape: 'flow', source: { cell: 'a', port: 'a-top' }, target: { cell: 'gone', port: 'x' }, data: {} },
    node('box', { shape: 'trust-boundary-box', data: { containedElements: ['a', 'gone'], crossingFlows: ['f'] } }),
  ];
  const diagrams = [{ id: 0, title: 'A', diagramType: 'CIA', ours: [1.0], cells }];
  const text = JSON.stringify({ version: '2.0', summary: { title: 'T' }, detail: { diagrams } });
  let count = 0;
  const world = { newId: () => `new-${(count += 1)}`, now: () => 0 };
  const editor = new Editor(History.of(Document.parse(text)), 0, world);
  duplicateDiagram(editor, first(editor));
  const copy = editor.document.diagrams[1];
  const [a, b, f, box] = copy?.cells ?? [];
  const port = asText(get(items(at(a?.node, 'ports', 'items'))[0], 'id'));
  expect(f?.source).toEqual({ cell: a?.id, port });
  expect(f?.target).toEqual({ cell: 'gone', port: 'x' });
  expect([a?.id, b?.id, port].every((id) => id?.startsWith('new-'))).toBe(true);
  expect(at(box?.node, 'data', 'containedElements')?.raw).toBe(JSON.stringify([a?.id, 'gone']));
  expect(at(box?.node, 'data', 'crossingFlows')?.raw).toBe(JSON.stringify([f?.id]));
  expect(get(copy?.node, 'ours')?.raw).toBe('[1]');
});

test('of two cells with one id in the file, each is copied', () => {
  const cell = {
    id: 'a',
    shape: 'actor',
    position: { x: 0, y: 0 },
    size: { width: 9, height: 9 },
    data: { name: 'A' },
  };
  const flow = { id: 'f', shape: 'flow', source: { cell: 'a' }, target: { x: 1, y: 1 }, data: {} };
  const diagrams = [{ id: 0, title: 'A', diagramType: 'CIA', cells: [cell, cell, flow] }];
  const text = JSON.stringify({ version: '2.0', summary: { title: 'T' }, detail: { diagrams } });
  let count = 0;
  const world = { newId: () => `new-${(count += 1)}`, now: () => 0 };
  const editor = new Editor(History.of(Document.parse(text)), 0, world);
  expect(duplicateDiagram(editor, first(editor))).not.toBeNull();
  const copy = editor.document.diagrams[1];
  expect(copy?.cells.map(({ id }) => id)).toEqual(['new-1', 'new-2', 'new-3']);
  const end = copy?.cells[2]?.source ?? null;
  expect(isCellEnd(end) && end.cell).toBe('new-1');
});

test('a diagram moves, and says where to', () => {
  const editor = shopEditor();
  expect(moveDiagram(editor, first(editor), 1)).toBe(true);
  expect(titles(editor)).toEqual(['Shipping', 'Paying']);
  expect(editor.said.text).toBe('Paying is now number 2 of 2.');
  const [, paying] = editor.document.diagrams;
  expect(paying && moveDiagram(editor, paying, 2)).toBe(false);
});

test('another methodology leaves a title that somebody has chosen, and the types of threats', () => {
  const editor = shopEditor();
  retypeDiagram(editor, first(editor), 'CIA');
  expect(first(editor)).toMatchObject({ title: 'Paying', type: 'CIA' });
  expect(first(editor).cells.flatMap(({ threats }) => threats.map(({ type }) => type))).toEqual([
    'Spoofing',
    'Usurpation',
  ]);
});

test.each([
  ['New STRIDE diagram', 'STRIDE', 'CIADIE', 'New CIA-DIE diagram'],
  ['New generic diagram', 'Generic', 'EOP', 'New EoP games diagram'],
  ['New STRIDE diagram', 'CIA', 'EOP', 'New STRIDE diagram'],
  ['New payment diagram', 'CIA', 'EOP', 'New payment diagram'],
])('the title %s of a %s diagram that becomes %s is then %s', (title, from, to, then) => {
  const editor = shopEditor();
  const field = (key: string, value: string) => ({ type: 'setDiagramField', diagram: 0, key, value }) as const;
  editor.do('', [field('title', title), field('diagramType', from)]);
  retypeDiagram(editor, first(editor), to);
  expect(first(editor).title).toBe(then);
});

test('the last diagram can be taken away and got back', () => {
  const editor = shopEditor();
  let restored: number | null = null;
  for (const view of editor.document.diagrams) removeDiagram(editor, view, (id) => (restored = id));
  expect(titles(editor)).toEqual([]);
  expect(editor.done?.text).toBe('Removed diagram Shipping.');
  editor.undo();
  editor.done?.restored?.();
  expect([titles(editor), restored]).toEqual([['Shipping'], 1]);
});

test('a new diagram has a title that no other has', () => {
  const editor = shopEditor();
  expect([addDiagram(editor, 'CIA'), addDiagram(editor, 'CIA')]).toEqual([2, 3]);
  expect(titles(editor)).toEqual(['Paying', 'Shipping', 'New diagram', 'New diagram 2']);
});
