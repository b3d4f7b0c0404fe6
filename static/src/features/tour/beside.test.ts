import { expect, test } from 'vitest';
import { beside } from './beside.ts';

const WINDOW = { width: 1000, height: 600 };
const SIZE = { width: 300, height: 150 };

test.each([
  ['to the right of what is on the left', { left: 0, top: 100, width: 180, height: 500 }, { left: 192, top: 112 }],
  ['to the left of what is on the right', { left: 700, top: 100, width: 300, height: 500 }, { left: 388, top: 112 }],
  ['below what has no room beside it', { left: 0, top: 0, width: 1000, height: 80 }, { left: 12, top: 92 }],
  ['above what is at the lower edge', { left: 0, top: 500, width: 1000, height: 100 }, { left: 12, top: 338 }],
  ['below what is flat', { left: 900, top: 10, width: 80, height: 40 }, { left: 688, top: 62 }],
  [
    'at the lower edge where it must lie over it',
    { left: 0, top: 0, width: 1000, height: 600 },
    { left: 12, top: 438 },
  ],
])('%s', (_, thing, spot) => {
  expect(beside(thing, SIZE, WINDOW)).toEqual(spot);
});

test('in a window that is too small its beginning is seen', () => {
  const spot = beside({ left: 0, top: 0, width: 200, height: 100 }, SIZE, { width: 200, height: 100 });
  expect(spot.left).toBe(12);
});
