import { expect, test } from 'vitest';
import { editorOf, flow, node, places } from '../../editor/commands/fixture.ts';
import { command } from '../../editor/commands/index.ts';
import { boxOf, overlaps } from '../../editor/geometry/box.ts';
import { Unreadable } from '../edit/reading.ts';
import { adoptFragment, fragmentOf, insertFragment } from './fragment.ts';

const THREAT = { id: 't', title: 'Theft', status: 'Open', severity: 'High', type: 'Tampering', number: 9 };
const LOGIN = JSON.stringify({
  id: 7,
  title: 'Sign-in',
  diagramType: 'LINDDUN',
  own: 'kept',
  cells: [
    node('process', 'api', { x: 0, y: 0 }, { data: { threats: [THREAT] } }),
    node('store', 'db', { x: 300, y: 0 }),
    flow('f', 'api', 'db', [{ x: 200, y: 50 }]),
  ],
});

const shop = () =>
  editorOf([node('process', 'api', { x: 400, y: 350 }), node('actor', 'x', { x: 600, y: 350 })], { threatTop: 3 });

test('a fragment is put where there is room, with ids of its own, selected, in one step', () => {
  const editor = shop();
  const before = editor.document.text();
  expect(insertFragment(editor, fragmentOf(LOGIN), 'Sign-in')).toBe(true);
  const [, , api, db, f] = editor.diagram.cells;
  expect(editor.diagram.cells.map(({ id }) => id)).toEqual(['api', 'x', 'new-1', 'new-2', 'new-3']);
  expect(f).toMatchObject({ source: { cell: 'new-1' }, target: { cell: 'new-2' } });
  expect(api?.threats.map(({ id, number }) => [id, number])).toEqual([['new-4', 4]]);
  expect(editor.selection.ids).toEqual(new Set(['new-1', 'new-2', 'new-3']));
  const [own, others] = [[api, db], editor.diagram.cells.slice(0, 2)].map((cells) =>
    cells.flatMap((cell) => (cell && boxOf(cell)) ?? []),
  );
  expect(own?.some((one) => others?.some((other) => overlaps(one, other)))).toBe(false);
  const { 'new-1': left, 'new-2': right } = places(editor);
  expect([(right?.[0] ?? 0) - (left?.[0] ?? 0), f?.vertices[0]?.x]).toEqual([300, (left?.[0] ?? 0) + 200]);
  expect(editor.history.undoable?.name).toBe('Insert Sign-in');
  editor.undo();
  expect(editor.document.text()).toBe(before);
});

test('where nothing is free near by it goes beside all that is there', () => {
  const editor = editorOf([node('store', 'wall', { x: -4000, y: -4000, width: 9000, height: 9000 })]);
  insertFragment(editor, fragmentOf(LOGIN), 'Sign-in');
  expect(editor.diagram.cell('new-1')?.position?.x).toBeGreaterThan(5000);
});

test('it becomes one more diagram behind the others, all else of it kept', () => {
  const editor = shop();
  const id = adoptFragment(editor, fragmentOf(LOGIN), 'Sign-in');
  expect(id).toBe(8);
  expect(editor.document.diagrams.map(({ title, type }) => [title, type])).toEqual([
    ['Shop', 'STRIDE'],
    ['Sign-in', 'LINDDUN'],
  ]);
  const [, added] = editor.document.diagrams;
  expect(added?.cells.map((cell) => cell.id)).toEqual(['new-1', 'new-2', 'new-3']);
  expect(added?.node.raw).toContain('"own": "kept"');
  expect(editor.history.steps).toHaveLength(1);
  adoptFragment(editor, fragmentOf(LOGIN), 'Sign-in');
  expect(editor.document.diagrams.at(-1)?.title).not.toBe('Sign-in');
});

test.each([
  '',
  '[]',
  '{}',
  '{"cells":[]}',
  '{"cells":{}}',
  '{"cells":[{"id":"a","shape":"process"}]}',
  '{"cells":[{"id":"a","shape":"process","position":{"x":1e300,"y":0},"size":{"width":1,"height":1}}]}',
])('%s is no fragment', (text) => {
  expect(() => fragmentOf(text)).toThrow(Unreadable);
});

test('only where there is a repository to take from', () => {
  const editor = shop();
  expect(command('insert-fragment').enabled(editor)).toBe(false);
  editor.supply = { threat: () => undefined };
  command('insert-fragment').run(editor);
  expect(editor.panel).toEqual({ name: 'fragment', as: 'cells' });
});
