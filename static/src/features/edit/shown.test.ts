import { expect, test } from 'vitest';
import { documentOf } from './reading.ts';
import { shownDiagram } from './shown.ts';

const modelWith = (diagrams: object[]) =>
  documentOf(JSON.stringify({ version: '2.0', summary: { title: 'Shop' }, detail: { diagrams } }));

test.each([
  [[{ id: 4 }, { id: 7 }], 7, 7],
  [[{ id: 4 }, { id: 7 }], 9, 4],
  [[{ id: 4 }, { id: 7 }], null, 4],
  [[{ id: 'x' }, { id: 0 }], null, 0],
  [[], 4, null],
  [[{}], null, null],
])('of %j, asked for %s, %s is shown', (diagrams, wanted, shown) => {
  expect(shownDiagram(modelWith(diagrams), wanted)).toBe(shown);
});
