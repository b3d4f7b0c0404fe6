import { expect, test } from 'vitest';
import { checkSize, PictureError } from './png.ts';

test.each([
  [16384, 100],
  [10000, 12000],
])('%d × %d points can be drawn', (width, height) => {
  expect(() => checkSize(width, height)).not.toThrow();
});

test.each([
  [16385, 1],
  [1, 16385],
  [12000, 12000],
])('%d × %d points are too many', (width, height) => {
  expect(() => checkSize(width, height)).toThrow(PictureError);
  expect(() => checkSize(width, height)).toThrow(/smaller scale/);
});
