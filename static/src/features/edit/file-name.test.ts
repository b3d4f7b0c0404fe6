import { expect, test } from 'vitest';
import { fileNameFor } from './file-name.ts';

test.each([
  ['Web shop', 'Web shop.json'],
  ['a/b\\c: "d"?\u0000\u202e', 'a b c d.json'],
  ['..', 'Threat model.json'],
  ['  ', 'Threat model.json'],
  ['威胁 🐉', '威胁 🐉.json'],
  ['🐉'.repeat(200), `${'🐉'.repeat(100)}.json`],
])('%j is kept in %j', (title, name) => {
  expect(fileNameFor(title, [])).toBe(name);
});

test('a name that is taken is numbered', () => {
  expect(fileNameFor('Shop', ['Shop.json', 'Shop 2.json'])).toBe('Shop 3.json');
});
