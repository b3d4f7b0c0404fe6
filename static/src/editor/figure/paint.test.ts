import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { COLOURS, cssPaint, paint, themePaint } from './paint.ts';

test('a token is a variable on the page, and a colour in a picture', () => {
  expect(cssPaint(paint('ink'))).toBe('var(--ink)');
  expect(themePaint(paint('ink'), 'light')).toBe(COLOURS.light.ink);
  expect(themePaint(paint('ink'), 'dark')).toBe(COLOURS.dark.ink);
});

test('a colour of the file, and none, are the same everywhere', () => {
  expect(cssPaint({ colour: '#0a7' })).toBe('#0a7');
  expect(themePaint({ colour: '#0a7' }, 'dark')).toBe('#0a7');
  expect(cssPaint('none')).toBe('none');
  expect(themePaint('none', 'light')).toBe('none');
});

test('pictures have the colours of the page', () => {
  const css = readFileSync(resolve(import.meta.dirname, '../../styles/tokens.css'), 'utf8');
  for (const [token, colour] of Object.entries(COLOURS.light)) {
    const dark = COLOURS.dark[token as keyof typeof COLOURS.dark];
    expect(css).toContain(`--${token}: light-dark(${colour}, ${dark});`);
  }
});
