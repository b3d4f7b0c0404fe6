import { describe, expect, test } from 'vitest';
import { distanceOf, labelPoint, type LabelOffset } from './label.ts';
import type { Point } from './point.ts';
import { smooth, straight } from './spline.ts';
import { vectors } from './vectors.ts';

interface Case {
  name: string;
  route: 'smooth' | 'straight';
  points: Point[];
  distance: number;
  offset: LabelOffset;
  point: Point;
}

describe('where a label stands', () => {
  test.each(vectors<Case>('labels'))('$name', (one) => {
    const path = one.route === 'smooth' ? smooth(one.points) : straight(one.points);
    expect(labelPoint(path, one.distance, one.offset)).toBeCloseToAll(one.point);
  });
});

describe('where a label is dragged to', () => {
  const path = straight([
    { x: 0, y: 0 },
    { x: 200, y: 0 },
  ]);

  test('is the part of the path nearest to it, to a thousandth', () => {
    expect(distanceOf(path, { x: 50.01, y: 33 })).toBe(0.25);
    expect(distanceOf(path, { x: 900, y: 0 })).toBe(1);
  });

  test('is never nought, which would not be a part of the path', () => {
    expect(distanceOf(path, { x: -9, y: 0 })).toBe(0.001);
  });

  test('is the middle on a path without length', () => {
    expect(distanceOf(straight([{ x: 0, y: 0 }]), { x: 3, y: 3 })).toBe(0.5);
  });
});
