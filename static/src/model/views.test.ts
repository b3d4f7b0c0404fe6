import { expect, test } from 'vitest';
import { fromPlain, listOf } from './json/layout.ts';
import { Container, type Json } from './json/node.ts';
import { parse } from './json/parse.ts';
import { cellView, diagramView } from './views.ts';

const holding = (key: string, value: Json) =>
  new Container('object', [{ before: '', key, spelling: `"${key}":`, value, after: '' }], '');

test('what is no number of its kind reads as none', () => {
  const id = (text: string) => diagramView(parse(`{"id":${text}}`).root).id;
  expect(['7', '7.0', '-1', '1e999', '0.5', '"7"', 'null'].map(id)).toEqual([7, 7, -1, null, null, null, null]);
  expect(cellView(parse('{"zIndex":-1e999}').root).zIndex).toBe(0);
});

test('the gravest of very many threats is found', () => {
  const low = fromPlain({ status: 'Open', severity: 'Low' });
  const threats = [...Array.from({ length: 200_000 }, () => low), fromPlain({ status: 'Open', severity: 'High' }), low];
  const cell = cellView(holding('data', holding('threats', listOf(threats))));
  expect([cell.openThreats, cell.worst]).toEqual([200_002, 'High']);
});
