import { expect, test } from 'vitest';
import { Document } from '../../model/document.ts';
import { movedNumbers, renumbered } from './renumbering.ts';

type Diagram = [id: number, title: string, ...cells: string[]];

const model = (...diagrams: Diagram[]) =>
  Document.parse(
    JSON.stringify({
      version: '2.0',
      summary: { title: 'S' },
      detail: {
        diagrams: diagrams.map(([id, title, ...cells]) => ({ id, title, cells: cells.map((cell) => ({ id: cell })) })),
      },
    }),
  );
const titles = (document: Document) => document.diagrams.map(({ id, title }) => [id, title]);
const known = model([0, 'Old']);

test('a diagram that was added here is found under its new number', () => {
  const mine = model([0, 'Old'], [1, 'Same', 'a'], [2, 'Mine']);
  const merged = model([0, 'Old'], [1, 'Same', 'b'], [2, 'Theirs'], [3, 'Same', 'a'], [4, 'Mine']);
  expect([...movedNumbers(known, mine, merged)]).toEqual([
    [1, 3],
    [2, 4],
  ]);
});

test('one that kept its number, is not there, or was there before has not moved; twins move one by one', () => {
  expect(
    movedNumbers(known, model([0, 'Renamed'], [1, 'Mine'], [2, 'Gone']), model([0, 'Old'], [1, 'Mine'])).size,
  ).toBe(0);
  const twins = model([0, 'Old'], [1, 'T'], [2, 'T']);
  const merged = model([0, 'Old'], [1, 'A'], [2, 'B'], [3, 'T'], [4, 'T']);
  expect([...movedNumbers(known, twins, merged)]).toEqual([
    [1, 3],
    [2, 4],
  ]);
});

test('diagrams take their new numbers, and one that was added since gives way', () => {
  const before = model([0, 'Old'], [1, 'Mine']);
  const now = model([0, 'Old'], [1, 'Mine'], [2, 'Newer']);
  expect(titles(renumbered(now, before, new Map([[1, 2]])))).toEqual([
    [0, 'Old'],
    [2, 'Mine'],
    [3, 'Newer'],
  ]);
  expect(renumbered(now, before, new Map())).toBe(now);
});
