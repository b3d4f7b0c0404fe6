import { expect, test } from 'vitest';
import { fileNameOf } from './file-name.ts';

test.each([
  ['Web shop', 'Web shop'],
  ['a/b\\c:d*e?"f<g>h|i', 'a b c d e f g h i'],
  [' .hidden\n\u202egvs ', 'hidden gvs'],
  ['../..', 'otherwise'],
  ['', 'otherwise'],
  ['威胁 🐉', '威胁 🐉'],
  ['x'.repeat(200), 'x'.repeat(100)],
  [`${'x'.repeat(99)} y`, 'x'.repeat(99)],
  ['🐉'.repeat(200), '🐉'.repeat(60)],
  ['CON', '_CON'],
  ['aux.old', '_aux.old'],
  ['lpt1', '_lpt1'],
  ['Console', 'Console'],
])('%j is called %j', (title, name) => {
  expect(fileNameOf(title, 'otherwise')).toBe(name);
});
