import { expect, test } from 'vitest';
import { Document } from '../document.ts';
import { equal } from './equal.ts';
import { fromPlain } from './layout.ts';
import { parse } from './parse.ts';

test.each([
  ['{"a":1,"b":[]}', '{ "b": [], "\\u0061": 1.0 }', true],
  ['[1,2]', '[2,1]', false],
  ['[]', '{}', false],
  ['"1"', '1', false],
  ['1', '[1]', false],
  ['{"a":1}', '{"b":1}', false],
  ['12345678901234567890', '12345678901234567891', false],
])('%s and %s say the same: %s', (one, other, same) => {
  expect(equal(parse(one).root, parse(other).root)).toBe(same);
  expect(equal(parse(other).root, parse(one).root)).toBe(same);
});

const model = (title: string, after = '') =>
  `{"summary":{"title":"${title}"},"detail":{"diagrams":[{"cells":[]}]}}${after}`;

test.each([
  [model('T'), model('T'), true],
  [model('T'), model('T', '\n'), false],
  [model('T'), model('U'), false],
  [model('a/b'), model('a\\/'), false],
  [model('T'), model('T').replace('"title":', '"title": '), false],
  [model('T').replace('"title":', '"title" :'), model('T').replace('"title":', '"title": '), false],
])('%s and %s are the same text: %s', (one, other, same) => {
  expect(Document.parse(one).sameText(Document.parse(other))).toBe(same);
});

test('the length is that of the text', () => {
  for (const value of [[], {}, [1, 'é', [true]], { a: { b: null }, c: '"' }]) {
    const node = fromPlain(value);
    expect(node.length).toBe(node.raw.length);
  }
});
