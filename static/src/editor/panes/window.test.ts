import { expect, test } from 'vitest';
import { ListWindow, ROW } from './window.svelte.ts';

/** A list with rows of 52 pixels, of which ten are seen, scrolled to a row. */
function at(row: number): ListWindow {
  const view = new ListWindow(16);
  view.seen = 10 * ROW * 16;
  view.scrolled = row * ROW * 16;
  return view;
}

test('what is seen is shown, and some rows around it', () => {
  const indexes = at(100).indexes(2_000, 105);
  expect([indexes[0], indexes.at(-1)]).toEqual([88, 121]);
});

test('the row that has the focus stays, wherever it is', () => {
  expect(at(100).indexes(2_000, 3)[0]).toBe(3);
  expect(at(100).indexes(2_000, 1_999).at(-1)).toBe(1_999);
  expect(at(0).indexes(2_000, -1)).toHaveLength(22);
});

test('a short list is shown wholly', () => {
  expect(at(0).indexes(5, 0)).toEqual([0, 1, 2, 3, 4]);
  expect(at(100).indexes(0, 0)).toEqual([]);
});
