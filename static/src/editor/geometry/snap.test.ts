import { describe, expect, test } from 'vitest';
import { snap } from './snap.ts';

const box = (x: number, y: number, width = 100, height = 80) => ({ x, y, width, height });

describe('snapping', () => {
  test('to an equal edge, with the line that shows it', () => {
    const found = snap(box(203, 300), [box(200, 0)], 5);
    expect(found).toMatchObject({ dx: -3, dy: 0 });
    expect(found.guides).toContainEqual({ axis: 'x', at: 200, from: 0, to: 380 });
  });

  test('to an equal middle of a box of another size', () => {
    const found = snap(box(78, 300, 40), [box(50, 0)], 5);
    expect(found.dx).toBe(2);
    expect(found.guides).toEqual([{ axis: 'x', at: 100, from: 0, to: 380 }]);
  });

  test('to the nearest of several', () => {
    expect(snap(box(203, 300), [box(200, 0), box(204, 100)], 5).dx).toBe(1);
  });

  test('not beyond the tolerance', () => {
    expect(snap(box(206, 300), [box(200, 0)], 5)).toEqual({ dx: 0, dy: 0, guides: [], gaps: [] });
  });

  test('halfway between two others', () => {
    const found = snap(box(198, 3, 80), [box(0, 0), box(376, 0)], 5);
    expect(found).toMatchObject({ dx: 0, dy: -3 });
    expect(found.gaps).toEqual([
      { axis: 'x', from: 100, to: 198, at: 40 },
      { axis: 'x', from: 278, to: 376, at: 40 },
    ]);
    expect(snap(box(195, 0, 80), [box(0, 0), box(376, 0)], 5).dx).toBe(3);
  });

  test('as far on as the two before are apart', () => {
    const found = snap(box(303, 0), [box(0, 0), box(150, 10)], 5);
    expect(found.dx).toBe(-3);
    expect(found.gaps).toEqual([
      { axis: 'x', from: 100, to: 150, at: 40 },
      { axis: 'x', from: 250, to: 300, at: 40 },
    ]);
  });

  test('keeps no equal gap to what is not beside it', () => {
    expect(snap(box(303, 500), [box(0, 0), box(150, 10)], 5)).toMatchObject({ dx: 0, gaps: [] });
  });

  test('of the edge that is dragged only', () => {
    const others = [box(205, 300)];
    expect(snap(box(103, 0), others, 5, { x: ['end'], y: [] })).toMatchObject({ dx: 2, dy: 0 });
    expect(snap(box(203, 0), others, 5, { x: ['end'], y: [] })).toMatchObject({ dx: 2 });
    expect(snap(box(203, 0, 60), others, 5, { x: ['end'], y: [] })).toMatchObject({ dx: 0 });
  });
});
