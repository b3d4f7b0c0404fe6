import { expect, test } from 'vitest';
import { beside } from '../navigate/order.ts';
import { NO_FILTER } from './filter.ts';
import { diagramOf, process } from './fixture.ts';
import { Looks, type Light } from './look.ts';
import { Scene } from './scene.ts';

const diagram = diagramOf(process('a', 0, 0), process('b', 200, 0, { outOfScope: true }), process('c', 400, 0));
const placed = new Scene().draw(diagram, diagram.cells);
const light: Light = { selected: new Set(), tabStop: 'a', filter: NO_FILTER, nameOf: (cell) => `Process ${cell.name}` };

test('selecting changes the look of what is selected only', () => {
  const looks = new Looks();
  const before = looks.of(placed, light);
  const after = looks.of(placed, { ...light, selected: new Set(['b']) });
  expect(after.map((look, index) => look === before[index])).toEqual([true, false, true]);
  expect(after[1]?.selected).toBe(true);
});

test('Tab goes to one cell', () => {
  expect(new Looks().of(placed, light).map(({ tabbable }) => tabbable)).toEqual([true, false, false]);
});

test('Tab goes to one of those with the same id, and on from there', () => {
  const twins = diagramOf(process('a', 0, 0), process('a', 200, 0), process('b', 400, 0));
  const drawn = new Scene().draw(twins, twins.cells);
  expect(new Looks().of(drawn, light).map(({ tabbable }) => tabbable)).toEqual([true, false, false]);
  expect(beside(twins, 'a', 1)?.id).toBe('b');
});

test('what the filter does not ask for is faded', () => {
  const out = new Looks().of(placed, { ...light, filter: { ...NO_FILTER, scope: 'out' } });
  expect(out.map(({ faded }) => faded)).toEqual([true, false, true]);
});

test('names stay while something is dragged', () => {
  const looks = new Looks();
  const before = looks.of(placed, light);
  expect(looks.of(placed, { ...light, nameOf: null })).toEqual(before);
});
