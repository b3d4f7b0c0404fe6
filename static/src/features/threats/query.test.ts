import { expect, test } from 'vitest';
import { ALL, isFiltered, parseQuery, printQuery, unfiltered } from './query.ts';

test.each([
  '',
  'text=card+%26+coin&status=Open&severity=High&type=Spoofing&diagram=0&methodology=STRIDE&scope=out&threat=12',
  'sort=-severity&group=element',
  'type=%D8%B9%D8%A7%D9%85',
])('%j is read and written', (query) => {
  expect(printQuery(parseQuery(query))).toBe(query);
});

test('what nobody knows is as if it were not there', () => {
  expect(parseQuery('sort=__proto__&group=toString&page=3&text=')).toEqual(ALL);
  expect(parseQuery('%E0%A4%A&&=&sort=-')).toEqual({ ...ALL, descending: true });
});

test('what leaves threats out can be taken away, the rest stays', () => {
  const query = parseQuery('text=x&status=Open&sort=-title&group=type&threat=3');
  expect(isFiltered(query)).toBe(true);
  expect(printQuery(unfiltered(query))).toBe('threat=3&sort=-title&group=type');
  expect(isFiltered(unfiltered(query))).toBe(false);
  expect(isFiltered(parseQuery('text=+++'))).toBe(false);
});
