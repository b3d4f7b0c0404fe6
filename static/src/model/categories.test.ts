import { expect, test } from 'vitest';
import {
  canHaveThreats,
  categoriesOf,
  categoryIn,
  categoryOf,
  methodologyOf,
  nextCategory,
  type Methodology,
} from './categories.ts';

const KINDS = ['actor', 'process', 'store', 'flow'] as const;

const wordsOf = (methodology: Methodology | null, kind: (typeof KINDS)[number]) =>
  categoriesOf(methodology, kind).flatMap((group) => group.words);

const allWords = (methodology: Methodology) =>
  [...new Set(KINDS.flatMap((kind) => wordsOf(methodology, kind)))].toSorted();

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
  expect(methodologyOf('Attack tree')).toBeNull();
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

test.each([
  ['Spoofing', 'STRIDE', 'Spoofing'],
  ["usurpation d'identité ", 'STRIDE', 'Spoofing'],
  ['なりすまし', 'STRIDE', 'Spoofing'],
  ["Divulgation d'information", 'STRIDE', 'Information disclosure'],
  ["Divulgation d'information", 'LINDDUN', 'Disclosure of information'],
  ["Divulgation d'information", null, 'Information disclosure'],
  ['Falsificação', 'STRIDE', 'Spoofing'],
  ['Manipulation', 'Generic', 'Tampering'],
  ['Disclosure of information / Brecha de información ', 'LINDDUN', 'Disclosure of information'],
  ['Distribuído', 'CIADIE', 'Distributed'],
  ['Security', 'STRIDE', 'Security'],
  ['Elevac\u0327a\u0303o de privile\u0301gio', 'STRIDE', 'Elevation of privilege'],
  [' Ruse ', 'STRIDE', 'Ruse'],
  ['__proto__', 'STRIDE', '__proto__'],
  ['constructor', null, 'constructor'],
  ['', 'STRIDE', ''],
] as const)('%s in %s is counted as %s', (word, methodology, english) => {
  expect(categoryOf(word, methodology)).toBe(english);
});

test('a category is called by its name in the language, and by the word of the file when it is not known', () => {
  expect(categoryIn('fr', 'なりすまし', 'STRIDE')).toBe("Usurpation d'identité");
  expect(categoryIn('fr', 'Safety', 'PLOT4ai')).toBe('Safety');
  expect(categoryIn('es', 'Tampering', 'STRIDE')).toBe('Manipulación');
  expect(categoryIn('es', 'Spoofing', 'STRIDE')).toBe('Spoofing');
  expect(categoryIn('zh', 'Non-compliance', 'LINDDUN')).toBe('不合规');
  expect(categoryIn('zh', 'Non-compliance', 'PLOT4ai')).toBe('不合格');
  expect(categoryIn('xx', 'Spoofing', 'STRIDE')).toBe('Spoofing');
  expect(categoryIn('__proto__', 'Spoofing', 'STRIDE')).toBe('Spoofing');
  expect(categoryIn('fr', 'Ruse', 'STRIDE')).toBe('Ruse');
});

test.each([
  'عام',
  'Generisch',
  'Γενικό',
  'Genérico',
  'Yleinen',
  'Générique',
  'जेनेरिक',
  'Generik',
  '一般',
  '通用',
  'generic',
])('%s is the generic methodology', (word) => {
  expect(methodologyOf(word)).toBe('Generic');
});

test('other methodologies have names in languages, too', () => {
  expect(methodologyOf('Jeux EoP')).toBe('EOP');
  expect(methodologyOf('स्ट्राइड')).toBe('STRIDE');
});

test.each(['STRIDE', 'LINDDUN', 'CIA', 'CIADIE', 'PLOT4ai'] as const)(
  'every name of a category of %s leads back to it, but for two with the same name',
  (methodology) => {
    // Without Spanish, whose names are shown without the English word that they begin with.
    const languages = ['ar', 'de', 'el', 'en', 'fi', 'fr', 'hi', 'id', 'ja', 'ms', 'pt', 'pt-BR', 'zh'];
    const astray = allWords(methodology).flatMap((word) =>
      languages.flatMap((language) => {
        const back = categoryOf(categoryIn(language, word, methodology), methodology);
        return back === word ? [] : [`${language}: ${word} → ${back}`];
      }),
    );
    // Both are called the same there; the second word is Safety in another language, too.
    const same = ['hi: Safety → Security', 'ms: Security → Safety'];
    expect(astray.toSorted()).toEqual(methodology === 'PLOT4ai' ? same : []);
  },
);
