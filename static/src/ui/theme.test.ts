import { afterEach, expect, test } from 'vitest';
import { chooseTheme, shownTheme, THEMES } from './theme.svelte.ts';

afterEach(() => chooseTheme('system'));

test('a choice of colours is shown and kept; the system’s own leave nothing behind', () => {
  expect(THEMES).toEqual(['system', 'light', 'dark']);
  chooseTheme('dark');
  expect([shownTheme(), document.documentElement.dataset['theme'], localStorage.getItem('wyvern.theme')]).toEqual([
    'dark',
    'dark',
    'dark',
  ]);
  chooseTheme('system');
  expect([document.documentElement.dataset['theme'], localStorage.length]).toEqual([undefined, 0]);
});
