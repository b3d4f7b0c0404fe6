import { expect, test } from 'vitest';
import { Document } from '../../model/document.ts';
import { cell, diagram, modelOf, SHOP, threat } from './fixture.ts';
import { rowsOf } from './rows.ts';

const rowsIn = (...cells: object[]) => rowsOf(Document.parse(modelOf(diagram(0, 'D', 'STRIDE', cells))));

test('a threat is called by its number', () => {
  expect(rowsOf(Document.parse(SHOP)).map(({ name }) => name)).toEqual(['1', '2', '10', '4', '3', '5']);
});

test('copies with the id and the number of another are told apart', () => {
  const rows = rowsIn(cell('a', 'process', 'A', [threat(1, 'T')]), cell('b', 'process', 'B', [threat(1, 'T')]));
  expect(rows.map(({ name }) => name)).toEqual(['[0,"a","t1"]', '[0,"b","t1"]']);
});

test('a threat without id and number has a name too, which no number is', () => {
  const nameless = { title: 'T', status: 'Open' };
  const rows = rowsIn(cell('a', 'process', 'A', [threat(1, 'One'), nameless, nameless, threat(2, 'Two')]));
  expect(rows.map(({ name }) => name)).toEqual(['1', '[1]', '[2]', '2']);
});
