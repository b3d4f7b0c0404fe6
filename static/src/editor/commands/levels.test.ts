import { expect, test } from 'vitest';
import type { CellView } from '../../model/views.ts';
import { editorOf, node } from './fixture.ts';
import { levels } from './levels.ts';

/** Numbers that look random and are the same in each run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const sorted = (cells: readonly CellView[], level: (cell: CellView) => number) =>
  cells.toSorted((a, b) => level(a) - level(b)).map(({ id }) => id);

test('the levels give the order that was asked for', () => {
  const random = numbers(7);
  for (let round = 0; round < 300; round += 1) {
    const count = 1 + random(7);
    const made = Array.from({ length: count }, (_, index) =>
      node('actor', `n${index}`, { x: 0, y: 0 }, { zIndex: random(4) - 1 }),
    );
    const { cells, diagram } = editorOf(made);
    const moved = new Set(cells.filter(() => random(3) === 0));
    const others = cells.filter((cell) => !moved.has(cell));
    const order = others.toSpliced(random(others.length + 1), 0, ...cells.filter((cell) => moved.has(cell)));
    const found = levels(diagram.cells, order, moved);
    expect(sorted(diagram.cells, (cell) => found.get(cell) ?? cell.zIndex)).toEqual(order.map(({ id }) => id));
    expect([...found.values()].every(Number.isInteger)).toBe(true);
    expect(levels(diagram.cells, cells, moved).size, 'an order that is there changes nothing').toBe(0);
  }
});
