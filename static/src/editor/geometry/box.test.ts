import { describe, expect, test } from 'vitest';
import { around, boxOf, contains, grow, holds, overlaps, rotatedBounds, union } from './box.ts';
import './vectors.ts';

const box = { x: 10, y: 20, width: 100, height: 50 };

describe('boxes', () => {
  test('of an element', () => {
    const cell = { kind: 'actor', position: { x: 1, y: 2 }, size: { width: 3, height: 4 } } as const;
    expect(boxOf(cell)).toEqual({ x: 1, y: 2, width: 3, height: 4 });
    expect(boxOf({ ...cell, position: null })).toBeNull();
  });

  test.each([null, { width: 0, height: 80 }, { width: 150, height: -1 }])(
    'of an element whose size cannot be drawn: as large as its kind usually is',
    (size) => {
      const cell = { kind: 'process', position: { x: 1, y: 2 }, size } as const;
      expect(boxOf(cell)).toEqual({ x: 1, y: 2, width: 100, height: 100 });
    },
  );

  test('contain what does not reach out of them', () => {
    expect(contains(box, { x: 10, y: 20, width: 100, height: 50 })).toBe(true);
    expect(contains(box, { x: 11, y: 20, width: 100, height: 50 })).toBe(false);
    expect(contains(box, { x: 20, y: 19, width: 10, height: 10 })).toBe(false);
    expect(holds(box, { x: 110, y: 70 })).toBe(true);
    expect(holds(box, { x: 110.1, y: 70 })).toBe(false);
  });

  test('overlap when they share more than a border', () => {
    expect(overlaps(box, { x: 100, y: 60, width: 100, height: 50 })).toBe(true);
    expect(overlaps(box, { x: 110, y: 20, width: 100, height: 50 })).toBe(false);
  });

  test('around several', () => {
    expect(union([box, { x: -5, y: 60, width: 10, height: 100 }])).toEqual({
      x: -5,
      y: 20,
      width: 115,
      height: 140,
    });
    expect(union([])).toBeNull();
    expect(around([{ x: 3, y: 4 }])).toEqual({ x: 3, y: 4, width: 0, height: 0 });
    expect(grow(box, 5)).toEqual({ x: 5, y: 15, width: 110, height: 60 });
  });

  test('around a turned one', () => {
    expect(rotatedBounds(box, 0)).toBe(box);
    expect(rotatedBounds(box, 90)).toBeCloseToAll({ x: 35, y: -5, width: 50, height: 100 });
    const half = Math.SQRT1_2 * 150;
    expect(rotatedBounds(box, 45)).toBeCloseToAll({
      x: 60 - half / 2,
      y: 45 - half / 2,
      width: half,
      height: half,
    });
  });
});
