import { expect, test } from 'vitest';
import { Path } from './path.ts';
import { somePieces } from './pieces.ts';
import type { Point } from './point.ts';

function straight(points: readonly Point[]): Path {
  return new Path(points.slice(1).map((to, index) => ({ from: points[index] ?? to, to })));
}

/** Up and down beside a line, 400 times, not deeper than `depth`. */
const zigzag = (x: number, depth: number) =>
  straight(Array.from({ length: 400 }, (_, index) => ({ x: x + (index % 2) * depth, y: index })));

function compared(a: Path, b: Path): { found: boolean; count: number } {
  let count = 0;
  const found = somePieces(a, b, (...points) => {
    count += 1;
    return points.every(({ x }) => x > 99 && x < 102);
  });
  return { found, count };
}

test('long ways side by side are not compared piece by piece', () => {
  expect(compared(zigzag(0, 100), zigzag(101, 100))).toEqual({ found: false, count: 0 });
  const { found, count } = compared(zigzag(0, 100), zigzag(100, 100));
  expect(found).toBe(false);
  expect(count).toBeLessThan(4 * 400);
});

test('pieces that meet are found, wherever they are', () => {
  const crossing = straight([
    { x: 100.5, y: 390.2 },
    { x: 101.5, y: 390.8 },
  ]);
  const up = straight([
    { x: 101, y: 0 },
    { x: 101, y: 390 },
    { x: 101, y: 391 },
  ]);
  expect(compared(crossing, up)).toEqual({ found: true, count: 1 });
  expect(compared(up, crossing).found).toBe(true);
});

test('a path without a piece meets nothing', () => {
  expect(compared(new Path([]), zigzag(0, 100))).toEqual({ found: false, count: 0 });
});
