import { expect, test } from 'vitest';
import { fromPlain } from './json/layout.ts';
import { parse } from './json/parse.ts';
import { cellView, diagramView } from './views.ts';

test('what is no number of its kind reads as none', () => {
  const id = (text: string) => diagramView(parse(`{"id":${text}}`).root).id;
  expect(['7', '7.0', '-1', '1e999', '0.5', '"7"', 'null'].map(id)).toEqual([7, 7, -1, null, null, null, null]);
  expect(cellView(parse('{"zIndex":-1e999}').root).zIndex).toBe(0);
});

test('the gravest of very many threats is found', () => {
  const threats = Array.from({ length: 200_000 }, (_, index) => ({
    status: 'Open',
    severity: index === 100_000 ? 'High' : 'Low',
  }));
  const cell = cellView(fromPlain({ shape: 'actor', data: { threats } }));
  expect([cell.openThreats, cell.worst]).toEqual([200_000, 'High']);
});
