import { describe, expect, test } from 'vitest';
import { pointOn, type Segment } from './path.ts';
import { smooth, straight } from './spline.ts';
import { vectors } from './vectors.ts';
import type { Point } from './point.ts';

interface Case {
  name: string;
  route: 'smooth' | 'straight';
  points: Point[];
  segments: Segment[];
  length: number;
  at: { distance: number; point: Point }[];
  nearest: { to: Point; point: Point; distance: number; away: number }[];
}

describe('paths through points', () => {
  test.each(vectors<Case>('paths'))('$name', (one) => {
    const path = one.route === 'smooth' ? smooth(one.points) : straight(one.points);
    expect(path.segments).toBeCloseToAll(one.segments);
    expect(path.length).toBeCloseTo(one.length, 6);
    for (const { distance, point } of one.at) expect(path.at(distance)).toBeCloseToAll(point);
    for (const { to, ...found } of one.nearest) expect(path.nearest(to)).toBeCloseToAll(found);
  });

  test('a curve through many points bends evenly and ends unbent', () => {
    const path = smooth([
      { x: 0, y: 0 },
      { x: 40, y: 90 },
      { x: 120, y: 10 },
      { x: 130, y: 200 },
    ]);
    const bends = path.segments.map((segment) => [bendAt(segment, 0), bendAt(segment, 1)]);
    expect(bends[0]?.[0]).toBeCloseToAll({ x: 0, y: 0 });
    expect(bends[0]?.[1]).toBeCloseToAll(bends[1]?.[0]);
    expect(bends[1]?.[1]).toBeCloseToAll(bends[2]?.[0]);
    expect(bends[2]?.[1]).toBeCloseToAll({ x: 0, y: 0 });
    for (const [index, segment] of path.segments.slice(1).entries()) {
      const before = path.segments[index];
      expect(slope(segment.from, segment.controls?.[0])).toBeCloseToAll(slope(before?.controls?.[1], segment.from));
    }
  });

  test('is written as the d of an SVG path, to a thousandth', () => {
    const curve = smooth([
      { x: 0, y: 1 / 3 },
      { x: 100, y: 40 },
    ]);
    expect(curve.d).toBe('M 0 0.333 C 50 0.333 50 40 100 40');
    expect(
      straight([
        { x: 1, y: 2 },
        { x: 3, y: 4 },
      ]).d,
    ).toBe('M 1 2 L 3 4');
  });

  test('of no or one point is empty', () => {
    expect(smooth([]).d).toBe('');
    expect(smooth([{ x: 1, y: 1 }]).length).toBe(0);
    expect(straight([]).nearest({ x: 3, y: 4 })).toEqual({
      point: { x: 0, y: 0 },
      distance: 0,
      away: 5,
    });
  });

  test('pieces lie on the curve', () => {
    const path = smooth([
      { x: 0, y: 0 },
      { x: 100, y: 40 },
    ]);
    const [segment] = path.segments;
    expect(segment && pointOn(segment, 0.5)).toEqual({ x: 50, y: 20 });
    expect(path.points).toHaveLength(17);
    expect(path.bounds).toEqual({ x: 0, y: 0, width: 100, height: 40 });
  });
});

/** The second derivative of a curve at one of its ends. */
function bendAt({ from, to, controls }: Segment, end: 0 | 1): Point {
  const [first, second] = controls ?? [from, to];
  const [a, b, c] = end === 0 ? [from, first, second] : [to, second, first];
  return { x: 6 * (a.x - 2 * b.x + c.x), y: 6 * (a.y - 2 * b.y + c.y) };
}

function slope(from: Point | undefined, to: Point | undefined): Point {
  return { x: (to?.x ?? 0) - (from?.x ?? 0), y: (to?.y ?? 0) - (from?.y ?? 0) };
}
