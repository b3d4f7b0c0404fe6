import { expect, test } from 'vitest';
import { shopEditor } from './fixture.ts';
import { rowsOf, step } from './outline.ts';

const NONE: ReadonlySet<string> = new Set();

const lines = (query = '', closed = NONE) =>
  rowsOf(shopEditor().diagram, { query, closed }).map(({ level, cell, about }) => `${level} ${cell.name}: ${about}`);

test('elements stand in the boundaries around them; flows and curves come behind', () => {
  expect(lines()).toEqual([
    '1 Data centre: Trust boundary',
    '2 DMZ: Trust boundary',
    '3 API: Process',
    '2 Orders: Store',
    '2 Keys: Store',
    '1 Buyer: Actor',
    '1 Order: Flow from Buyer to API',
    '1 : Flow from API to an open end',
    '1 Edge: Boundary curve',
  ]);
});

test('the contents of a closed boundary are not shown', () => {
  expect(lines('', new Set(['inner']))).not.toContain('3 API: Process');
  expect(lines('', new Set(['outer'])).slice(0, 2)).toEqual(['1 Data centre: Trust boundary', '1 Buyer: Actor']);
});

test('a filter keeps what has the text, and what that lies in', () => {
  expect(lines('store', new Set(['outer']))).toEqual([
    '1 Data centre: Trust boundary',
    '2 Orders: Store',
    '2 Keys: Store',
  ]);
  expect(lines('BUYER')).toEqual(['1 Buyer: Actor', '1 Order: Flow from Buyer to API']);
  expect(lines('nowhere')).toEqual([]);
});

test('boundaries with the very same box hold one another only once', () => {
  const editor = shopEditor();
  editor.do('Same box', [{ type: 'resizeCell', diagram: 0, cell: 'inner', x: 0, y: 0, width: 1000, height: 1000 }]);
  const rows = rowsOf(editor.diagram, { query: '', closed: NONE });
  expect(rows).toHaveLength(9);
  expect(rows.slice(0, 2).map(({ cell, level }) => `${level} ${cell.id}`)).toEqual(['1 outer', '2 inner']);
});

test('rows that stay the same are the same', () => {
  const editor = shopEditor();
  const before = rowsOf(editor.diagram, { query: '', closed: NONE });
  editor.do('Rename', [{ type: 'nameCell', diagram: 0, cell: 'buyer', name: 'Customer' }]);
  const after = rowsOf(editor.diagram, { query: '', closed: NONE });
  expect(after.filter((row) => !before.includes(row)).map(({ cell }) => cell.id)).toEqual(['buyer', 'order']);
});

test('keys lead from row to row', () => {
  const rows = rowsOf(shopEditor().diagram, { query: '', closed: NONE });
  expect(step(rows, 0, 'ArrowDown')).toBe(1);
  expect(step(rows, 0, 'ArrowUp')).toBe(0);
  expect(step(rows, 0, 'End')).toBe(8);
  expect(step(rows, 8, 'PageUp')).toBe(0);
  expect(step(rows, 1, 'ArrowRight')).toBe(2);
  expect(step(rows, 1, 'ArrowLeft')).toBe('close');
  expect(step(rows, 4, 'ArrowLeft')).toBe(0);
  expect(step(rows, 5, 'ArrowLeft')).toBe(5);
  expect(step(rows, 5, 'x')).toBeNull();
  const closed = rowsOf(shopEditor().diagram, { query: '', closed: new Set(['outer']) });
  expect(step(closed, 0, 'ArrowRight')).toBe('open');
});
