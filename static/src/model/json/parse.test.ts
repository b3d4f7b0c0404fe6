import { expect, test } from 'vitest';
import { asNumber, asText, at, Container, get, items, type Json } from './node.ts';
import { parse } from './parse.ts';

/** The text without what is remembered of it. */
function rewritten(node: Json): string {
  if (!(node instanceof Container)) return node.raw;
  const parts = node.parts.map((part) => ({ ...part, value: parse(rewritten(part.value)).root }));
  return new Container(node.kind, parts, node.tail).raw;
}

test.each([
  '{}',
  '[ ]',
  ' {"a" : [1 ,2.50 , -0, 1e+21,12345678901234567890 ] , "b":{"c":null}}\r\n',
  '"\\u00e9\\ud83d\\ude00\\/"',
  '{"__proto__":{"toString":1},"":[[[]]]}',
  '[true,false,null]',
])('%j is known part by part', (text) => {
  const { before, root, after } = parse(text);
  expect(before + root.raw + after).toBe(text);
  expect(before + rewritten(root) + after).toBe(text);
});

test('values are read', () => {
  const { root } = parse('{"__proto__":{"x":"\\u00e9"},"n":[1e999,-0.5]}');
  expect(asText(at(root, '__proto__', 'x'))).toBe('é');
  expect(items(get(root, 'n')).map(asNumber)).toEqual([Infinity, -0.5]);
  expect(get(root, 'toString')).toBeUndefined();
});

test('a large object is looked up as a small one is', () => {
  const { root } = parse(`{${Array.from({ length: 100 }, (_, index) => `"k${index}":${index}`).join()}}`);
  expect(asNumber(get(root, 'k99'))).toBe(99);
  expect(get(root, 'k100')).toBeUndefined();
});

test.each([
  ['', 'The text is empty (line 1, column 1).'],
  ['\ufeff{}', 'The text begins with a byte-order mark (line 1, column 1).'],
  ['{} x', 'Something follows behind the end of the JSON value (line 1, column 4).'],
  ['[1 2]', 'A comma or ] is missing (line 1, column 4).'],
  ['[1,]', 'This is not a JSON value (line 1, column 4).'],
  ['{"a":1,}', 'A key in double quotes is missing (line 1, column 8).'],
  ["{'a':1}", 'A key in double quotes is missing (line 1, column 2).'],
  ['{"a":01}', 'A comma or } is missing (line 1, column 7).'],
  ['[+1]', 'This is not a JSON value (line 1, column 2).'],
  ['[NaN]', 'This is not a JSON value (line 1, column 2).'],
  ['["\n"]', 'This string is not valid (line 1, column 2).'],
  ['["\\x"]', 'This string is not valid (line 1, column 2).'],
  ['["\ud800"]', 'This string holds half of a character (line 1, column 2).'],
  ['{"a":1,"\\u0061":2}', 'The key "a" stands twice in one object (line 1, column 8).'],
  ['['.repeat(65) + ']'.repeat(65), 'The text is nested too deeply (line 1, column 65).'],
])('%j is refused', (text, why) => {
  expect(() => parse(text)).toThrow(why);
});

test('64 levels are not too many', () => {
  const text = '['.repeat(64) + ']'.repeat(64);
  expect(parse(text).root.raw).toBe(text);
});

test.each([
  ['string', JSON.stringify('ab\n'.repeat(4_000_000))],
  ['key', `{"${'a'.repeat(12_000_000)}":1}`],
  ['number', '1'.repeat(12_000_000)],
  ['space', ' '.repeat(12_000_000) + '1'],
])('a %s of many million characters is read', (_, text) => {
  const { before, root } = parse(text);
  expect(before.length + root.length).toBe(text.length);
});

test.each(['"', '"a', '"\\', '"\\"', '"\\u12"', '"\\u123g"', '"a\u0001"'])('%j is no string', (text) => {
  expect(() => parse(text)).toThrow('This string is not valid (line 1, column 1).');
});
