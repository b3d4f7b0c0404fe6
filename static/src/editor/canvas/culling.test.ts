import { describe, expect, test } from 'vitest';
import { ALWAYS_DRAWN, drawnArea, inArea } from './culling.ts';

const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });
const never = () => false;

describe('the area that is drawn', () => {
  test('is what is seen and a margin', () => {
    expect(drawnArea(box(0, 0, 100, 60), null)).toEqual(box(-50, -50, 200, 160));
  });

  test('stays the same object while one pans within the margin', () => {
    const area = drawnArea(box(0, 0, 100, 60), null);
    expect(drawnArea(box(40, -40, 100, 60), area)).toBe(area);
    expect(drawnArea(box(60, 0, 100, 60), area)).not.toBe(area);
  });

  test('shrinks again after zooming in', () => {
    const area = drawnArea(box(0, 0, 1000, 600), null);
    expect(drawnArea(box(0, 0, 100, 60), area).width).toBe(200);
  });
});

describe('what is drawn', () => {
  const many = Array.from({ length: ALWAYS_DRAWN + 1 }, (_, index) => ({ bounds: box(index * 100, 0, 50, 0) }));

  test('is everything in a small diagram', () => {
    const few = many.slice(1);
    expect(inArea(few, box(0, 0, 1, 1), never)).toBe(few);
  });

  test('is what touches the area in a large one, a level flow too', () => {
    expect(inArea(many, box(0, -10, 100, 20), never)).toEqual(many.slice(0, 2));
  });

  test('is also what is kept, and what has no place', () => {
    const placeless = { bounds: null };
    expect(inArea([placeless, ...many], box(0, 10, 1, 1), (one) => one === many[9])).toEqual([placeless, many[9]]);
  });
});
