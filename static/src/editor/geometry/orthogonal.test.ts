import { describe, expect, test } from 'vitest';
import { corners, type RouteEnd } from './orthogonal.ts';
import type { Point } from './point.ts';
import { vectors } from './vectors.ts';

interface Case {
  name: string;
  start: RouteEnd;
  vertices: Point[];
  end: RouteEnd;
  corners: Point[];
}

describe('routes with right angles', () => {
  const cases = vectors<Case>('orthogonal');

  test.each(cases)('$name', (one) => {
    expect(corners(one.start, one.vertices, one.end)).toBeCloseToAll(one.corners);
  });

  test.each(cases)('$name: every part is upright or level', (one) => {
    const found = corners(one.start, one.vertices, one.end);
    const points = [one.start.point, ...found, one.end.point];
    for (const [index, point] of points.slice(1).entries()) {
      const before = points[index];
      expect(point.x === before?.x || point.y === before?.y).toBe(true);
    }
    for (const vertex of one.vertices) expect(found).toContainEqual(vertex);
  });
});
