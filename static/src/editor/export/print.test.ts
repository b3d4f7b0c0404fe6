import { expect, test, vi } from 'vitest';
import { print } from './print.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title>Main</title></svg>';

test('a browser that does not say that it has printed is believed when one is back on the page', () => {
  vi.stubGlobal('print', () => undefined);
  print(SVG);
  window.dispatchEvent(new Event('pointerdown'));
  expect(document.querySelector('.printed-diagram')).toBeNull();
  expect(document.documentElement.className).toBe('');
});

test('the drawing is on the page only while it prints', () => {
  const seen: (string | null | undefined)[] = [];
  vi.stubGlobal('print', () => {
    seen.push(document.querySelector('.printed-diagram svg title')?.textContent);
    seen.push(document.documentElement.className);
  });
  print(SVG);
  expect(seen).toEqual(['Main', 'prints-diagram']);
  window.dispatchEvent(new Event('afterprint'));
  expect(document.querySelector('.printed-diagram')).toBeNull();
  expect(document.documentElement.className).toBe('');
});
