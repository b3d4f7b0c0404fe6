import { afterEach, expect, test } from 'vitest';
import { readingKey } from './mirrored.ts';

afterEach(() => document.documentElement.removeAttribute('dir'));

test('arrows to the side follow the direction of reading', () => {
  const keys = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'Home'];
  expect(keys.map(readingKey)).toEqual(keys);
  document.documentElement.dir = 'rtl';
  expect(keys.map(readingKey)).toEqual(['ArrowRight', 'ArrowLeft', 'ArrowUp', 'Home']);
});
