import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { canHaveThreats, categoriesOf, methodologyOf, nextCategory, type Methodology } from './categories.ts';

const KINDS = ['actor', 'process', 'store', 'flow'] as const;

const wordsOf = (methodology: Methodology | null, kind: (typeof KINDS)[number]) =>
  categoriesOf(methodology, kind).flatMap((group) => group.words);

const allWords = (methodology: Methodology) =>
  [...new Set(KINDS.flatMap((kind) => wordsOf(methodology, kind)))].toSorted();

test.each([
  ['STRIDE', ['STRIDE']],
  ['LINDDUN', ['LINDDUN']],
  ['CIA', ['CIA']],
  ['CIADIE', ['CIA', 'DIE']],
  ['PLOT4ai', ['PLOT4AI']],
] as const)('the categories of %s are those of the server', (methodology, tables) => {
  const rust = readFileSync('../src/model/check/category.rs', 'utf8');
  const words = tables.flatMap((name) => {
    const [, body = ''] = new RegExp(`const ${name}: &\\[&str\\] = &\\[([^\\]]*)\\]`).exec(rust) ?? [];
    return [...body.matchAll(/"([^"]+)"/g)].map(([, word = '']) => word);
  });
  expect(words.length).toBeGreaterThan(2);
  expect(allWords(methodology)).toEqual(words.toSorted());
});

test('each kind of element has categories of its own', () => {
  expect(wordsOf('STRIDE', 'actor')).toEqual(['Spoofing', 'Repudiation']);
  expect(wordsOf('STRIDE', 'store')[0]).toBe('Tampering');
  expect(wordsOf('STRIDE', 'flow')).not.toContain('Repudiation');
  expect(wordsOf('PLOT4ai', 'flow')).not.toContain('Accessibility');
  expect(wordsOf('LINDDUN', 'actor')).toContain('Unawareness');
});

test('a generic diagram, and one of an unknown methodology, offers all categories, each once', () => {
  const words = wordsOf('Generic', 'process');
  expect(words).toEqual(wordsOf(null, 'process'));
  expect(words).toContain('Ephemeral');
  expect(words).toContain('Linkability');
  expect(words.filter((word) => word === 'Integrity')).toHaveLength(1);
  expect(words).not.toContain('cornucopia');
});

test('other spellings of a methodology are known', () => {
  expect(methodologyOf('stride')).toBe('STRIDE');
  expect(methodologyOf('DIE')).toBe('CIADIE');
  expect(methodologyOf('default')).toBe('Generic');
  expect(methodologyOf('Générique')).toBeNull();
  expect(methodologyOf('__proto__')).toBeNull();
});

test('the next threat has the category that is used least', () => {
  const groups = categoriesOf('STRIDE', 'actor');
  expect(nextCategory(groups, [])).toBe('Spoofing');
  expect(nextCategory(groups, ['spoofing'])).toBe('Repudiation');
  expect(nextCategory(groups, ['Spoofing', 'Repudiation', 'Usurpation'])).toBe('Spoofing');
  expect(nextCategory([], [])).toBe('');
});

test('boundaries and texts have no threats', () => {
  expect(canHaveThreats('process')).toBe(true);
  expect(canHaveThreats('text')).toBe(false);
  expect(canHaveThreats('boundary-box')).toBe(false);
});
