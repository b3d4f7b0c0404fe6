import { expect, test } from 'vitest';
import { matching } from './matching.ts';

const choice = (title: string, remark = '', more = '') => ({ id: title, title, remark, more, choose: () => {} });

const ALL = [
  choice('Send backward'),
  choice('Back along the flow'),
  choice('Undo', '', 'take back'),
  choice('Café', 'in Old town'),
  choice('Bring forward'),
];

const found = (typed: string) => matching(ALL, typed).map(({ title }) => title);

test.each([
  ['back', ['Back along the flow', 'Send backward', 'Undo']],
  ['  WARD ', ['Send backward', 'Bring forward']],
  ['for bring', ['Bring forward']],
  ['cafe', ['Café']],
  ['old', ['Café']],
  ['back zebra', []],
  ['(.*', []],
])('%j finds %j', (typed, titles) => {
  expect(found(typed)).toEqual(titles);
});

test('a name counts more than a word somewhere in a title', () => {
  const choices = [choice('Text on the web'), { ...choice('Process Web shop'), name: 'Web shop' }];
  expect(matching(choices, 'web').map(({ title }) => title)).toEqual(['Process Web shop', 'Text on the web']);
});

test('nothing typed leaves all as they are', () => {
  expect(found(' ')).toEqual(ALL.map(({ title }) => title));
});
