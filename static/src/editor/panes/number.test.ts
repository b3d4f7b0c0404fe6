import { expect, test } from 'vitest';
import { readNumber, shown } from './number.ts';

test.each([
  ['12', 12],
  [' -3,5 ', -3.5],
  ['1e2', 100],
])('%j is a number', (text, number) => {
  expect(readNumber(text, {})).toBe(number);
});

test.each([
  ['', {}, /not a number/],
  ['wide', {}, /not a number/],
  ['Infinity', {}, /not a number/],
  ['0', { least: 1 }, /1 or more/],
  ['1.5', { whole: true }, /whole number/],
])('%j with %j is told', (text, limits, problem) => {
  expect(readNumber(text, limits)).toMatch(problem);
});

test('a long number is shown short', () => {
  expect(shown(129.99999999999997)).toBe('130');
  expect(shown(2000.126)).toBe('2000.13');
});
