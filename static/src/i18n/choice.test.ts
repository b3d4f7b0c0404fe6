import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { allowLanguages, chooseLanguage, guessLanguage, offeredLanguages } from './choice.svelte.ts';
import { offered } from './languages.ts';
import { shownLanguage, t } from './translate.svelte.ts';

const speaks = (...languages: string[]) => vi.spyOn(navigator, 'languages', 'get').mockReturnValue(languages);

beforeEach(() => speaks('en-GB'));

afterEach(async () => {
  vi.restoreAllMocks();
  localStorage.clear();
  speaks('en');
  await allowLanguages([], 'en');
  localStorage.clear();
});

test('all languages are offered, or those that the operator names', async () => {
  await allowLanguages([], 'en');
  expect(offeredLanguages()).toEqual(['ar', 'de', 'en', 'es', 'fr', 'ja']);
  await allowLanguages(['ar', 'en', 'xx'], 'en');
  expect(offeredLanguages()).toEqual(['ar', 'en']);
});

test('a language that lacks words is offered only where the operator names it', () => {
  const lacking = new Set(['ar']);
  expect(offered(['ar', 'en'], [], lacking)).toEqual(['en']);
  expect(offered(['ar', 'en'], ['ar'], lacking)).toEqual(['ar']);
});

test('a person gets what their browser asks for, else what the operator says', async () => {
  speaks('ar-EG', 'en');
  await guessLanguage();
  expect(shownLanguage().tag).toBe('ar');
  await allowLanguages(['en'], 'en');
  expect(shownLanguage().tag).toBe('en');
  await allowLanguages(['ar', 'en'], 'en');
  expect(shownLanguage().tag).toBe('ar');
  speaks('xx');
  await allowLanguages(['ar', 'en'], 'ar');
  expect(shownLanguage().tag).toBe('ar');
  await allowLanguages(['ar', 'en'], 'xx');
  expect(shownLanguage().tag).toBe('en');
});

test('the next visit begins as the last one ended', async () => {
  speaks('ar');
  await allowLanguages(['ar', 'en'], 'en');
  await guessLanguage();
  expect(shownLanguage().tag).toBe('ar');
});

test('a choice is kept, and comes before all else that is allowed', async () => {
  await allowLanguages(['ar', 'en'], 'en');
  await chooseLanguage('ar');
  expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['ar', 'rtl']);
  await guessLanguage();
  await allowLanguages(['ar', 'en'], 'en');
  expect(shownLanguage().tag).toBe('ar');
  await allowLanguages(['en'], 'en');
  expect(shownLanguage().tag).toBe('en');
});

test('of two choices the last one counts, however long its words take', async () => {
  await allowLanguages(['ar', 'en'], 'en');
  await Promise.all([chooseLanguage('ar'), chooseLanguage('en')]);
  expect(shownLanguage().tag).toBe('en');
  expect(t('ui.again')).toBe('Try again');
});
