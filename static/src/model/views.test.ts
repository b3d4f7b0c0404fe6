import { expect, test } from 'vitest';
import { set } from './json/edit.ts';
import { fromPlain, layoutOf, listOf } from './json/layout.ts';
import { parse } from './json/parse.ts';
import { cellView, diagramView } from './views.ts';

test('what is no number of its kind reads as none', () => {
  const id = (text: string) => diagramView(parse(`{"id":${text}}`).root).id;
  expect(['7', '7.0', '-1', '1e999', '0.5', '"7"', 'null'].map(id)).toEqual([7, 7, -1, null, null, null, null]);
  expect(cellView(parse('{"zIndex":-1e999}').root).zIndex).toBe(0);
});

test('the gravest of very many threats is found', () => {
  const [low, high] = ['Low', 'High'].map((severity) => fromPlain({ status: 'Open', severity }));
  if (!low || !high) throw new Error('there are two');
  const threats = listOf([...Array.from({ length: 200_000 }, () => low), high, low]);
  const data = set({ layout: layoutOf(low), node: fromPlain({ data: {} }), place: null }, ['data', 'threats'], threats);
  const cell = cellView(data);
  expect([cell.openThreats, cell.worst]).toEqual([200_002, 'High']);
});
