import { afterEach, expect, test } from 'vitest';
import { chosen, offered } from './languages.ts';
import { messagesOf } from './testing.ts';
import { pieces, showMessages, t } from './translate.svelte.ts';

afterEach(() => showMessages('en', messagesOf('en'), messagesOf('en')));

test.each([
  [['de-CH', 'en'], 'de'],
  [['xx', 'fr'], 'fr'],
  [['pt-br'], 'pt-BR'],
  [['xx'], 'de'],
  [[], 'de'],
])('who wants %j gets %s', (wanted, tag) => {
  expect(chosen(wanted, ['de', 'en', 'fr', 'pt', 'pt-BR'])).toBe(tag);
});

test('the operator chooses which languages there are', () => {
  expect(offered(['de', 'en', 'pt-BR'], [])).toEqual(['de', 'en', 'pt-BR']);
  expect(offered(['de', 'en', 'pt-BR'], ['pt_br', 'xx'])).toEqual(['pt-BR']);
  expect(offered(['de', 'en'], ['xx'])).toEqual(['en']);
});

test('a message counts, and writes numbers as its language does', () => {
  showMessages(
    'de',
    { ui: { again_one: 'noch {count} Modell', again_other: 'noch {count} Modelle' } },
    messagesOf('en'),
  );
  expect(t('ui.again', { count: 1 })).toBe('noch 1 Modell');
  expect(t('ui.again', { count: 1234 })).toBe('noch 1.234 Modelle');
});

test('what stands in a message is left as it is', () => {
  expect(t('ui.loading', { what: '<b>{what}</b> & $t(ui.again)' })).toBe('Loading <b>{what}</b> & $t(ui.again)…');
});

test('a message in pieces keeps the place of what is not text', () => {
  expect(pieces('ui.loading')).toEqual([{ words: 'Loading ' }, { name: 'what' }, { words: '…' }]);
});

test('what a language lacks is said in English', () => {
  showMessages('ar', { ui: { again: 'مرة أخرى' } }, messagesOf('en'));
  expect([t('ui.again'), t('ui.skip')]).toEqual(['مرة أخرى', 'Skip to the content']);
  expect(document.documentElement.dir).toBe('rtl');
});
