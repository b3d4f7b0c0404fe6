import { describe, expect, test } from 'vitest';
import type { Box } from './box.ts';
import { meets, type Outline } from './outline.ts';
import type { Point } from './point.ts';
import { vectors } from './vectors.ts';

interface Case {
  name: string;
  outline: Outline;
  box: Box;
  angle: number;
  from: Point;
  meets: Point;
}

describe('where a flow meets an outline', () => {
  test.each(vectors<Case>('outlines'))('$name', (one) => {
    expect(meets(one.outline, one.box, one.angle, one.from)).toBeCloseToAll(one.meets);
  });

  test.each(['rectangle', 'ellipse', 'rounded'] as const)(
    '%s: on the way from all around, on the outline',
    (outline) => {
      const box = { x: 10, y: 20, width: 160, height: 80 };
      for (let degrees = 0; degrees < 360; degrees += 7) {
        const angle = (degrees * Math.PI) / 180;
        const from = { x: 90 + 500 * Math.cos(angle), y: 60 + 500 * Math.sin(angle) };
        const hit = meets(outline, box, 0, from);
        expect((hit.x - 90) * Math.sin(angle)).toBeCloseTo((hit.y - 60) * Math.cos(angle), 6);
        expect(edge(outline, hit.x - 90, hit.y - 60)).toBeCloseTo(0, 6);
      }
    },
  );
});

/** Nought on the outline of a box of 160 × 80 around the origin. */
function edge(outline: Outline, x: number, y: number): number {
  if (outline === 'ellipse') return Math.hypot(x / 80, y / 40) - 1;
  const radius = outline === 'rounded' ? 10 : 0;
  const outX = Math.max(Math.abs(x) - (80 - radius), 0);
  const outY = Math.max(Math.abs(y) - (40 - radius), 0);
  if (outline === 'rounded') return Math.hypot(outX, outY) - 10;
  return Math.max(Math.abs(x) - 80, Math.abs(y) - 40);
}
