import { expect, test } from 'vitest';
import { Problem } from '../../api/problem.ts';
import { collision, troubleOf } from './trouble.ts';

test.each([
  [401, ['sign-in', 'file']],
  [403, ['file']],
  [409, ['file', 'theirs', 'again']],
  [0, ['again', 'file']],
  [503, ['again', 'file']],
])('after a %i there is something to do', (status, remedies) => {
  expect(troubleOf(new Problem(status, 'Words', 'Details.'), true).remedies).toEqual(remedies);
});

test('it is said whether the changes are safe', () => {
  const problem = new Problem(0, 'The server cannot be reached', '');
  expect(troubleOf(problem, true)).toMatchObject({ heading: 'Not saved: the server cannot be reached' });
  expect(troubleOf(problem, true).sentences.join(' ')).toMatch(/kept on this computer/);
  expect(troubleOf(problem, false).sentences.join(' ')).toMatch(/save them as a file/);
});

test.each([
  [
    { subject: ['Paying', 'Shop'], field: 'severity', trouble: 'both_changed' },
    'Paying › Shop › severity: both have changed it',
  ],
  [
    { subject: ['Paying'], field: '', trouble: 'needed_by_us' },
    'Paying: they have deleted it, you have drawn a flow to it',
  ],
  [{ subject: [], field: 'owner', trouble: 'constructor' }, 'The model › owner'],
])('a collision is told in words', (conflict, words) => {
  expect(collision(conflict)).toBe(words);
});
