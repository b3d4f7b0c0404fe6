import { expect, test } from 'vitest';
import { found, KINDS } from './kinds.ts';
import { namePlace } from './name-place.ts';
import { hand } from './testing.ts';
import { called, calledAll, calledEnd, newName } from './words.ts';

test('a step calls an element by its name on one line, and by its kind when it has none', () => {
  expect(called({ name: ' API\n gateway ', kind: 'process' })).toBe('API gateway');
  expect(called({ name: '', kind: 'boundary-box' })).toBe('trust boundary');
  expect(called({ name: 'x'.repeat(60), kind: 'process' })).toBe(`${'x'.repeat(39)}…`);
});

test('several are called by their number, an end by its element', () => {
  const { editor } = hand();
  expect(calledAll(editor.cells)).toBe('5 elements');
  expect(calledEnd(editor.diagram, { cell: 'api' })).toBe('API');
  expect(calledEnd(editor.diagram, { cell: 'gone' })).toBe('a free end');
  expect(calledEnd(editor.diagram, { x: 1, y: 2 })).toBe('a free end');
});

test('kinds are found by parts of their title and of other words for them', () => {
  const kinds = (search: string) => found(KINDS, search).map(({ kind }) => kind);
  expect(kinds('')).toHaveLength(7);
  expect(kinds('DATABASE')).toEqual(['store']);
  expect(kinds('trust box')).toEqual(['boundary-box']);
  expect(kinds('nothing like it')).toEqual([]);
});

test('all kinds have a name to begin with, but the curve', () => {
  expect(KINDS.map(({ kind }) => newName(kind))).toEqual([
    'Process',
    'Store',
    'Actor',
    'Data flow',
    'Trust boundary',
    '',
    'Text',
  ]);
});

test('each kind has a key of its own', () => {
  expect(new Set(KINDS.map(({ key }) => key)).size).toBe(KINDS.length);
});

test('a name is typed where it is drawn', () => {
  const { editor, cell } = hand();
  const place = (id: string) => namePlace(cell(id), editor.diagram);
  expect(place('api')).toMatchObject({ x: 350, y: 150, width: 100, from: 'middle' });
  expect(place('flow')).toMatchObject({ x: 200, y: 150, from: 'middle' });
  const { x, y, from } = place('dmz');
  expect(from).toBe('corner');
  expect(x).toBeGreaterThan(280);
  expect(y).toBeGreaterThan(60);
  expect(y).toBeLessThan(90);
});
