import { expect, test } from 'vitest';
import { Problem } from '../../api/problem.ts';
import { savedUnread } from './home.ts';
import { troubleOf } from './trouble.ts';

test.each([
  [401, ['sign-in', 'sign-in-beside', 'file']],
  [403, ['again', 'branch', 'file']],
  [404, ['model', 'file']],
  [409, ['branch', 'file', 'theirs']],
  [0, ['again', 'file']],
  [503, ['again', 'file']],
])('after a %i there is something to do', (status, remedies) => {
  expect(troubleOf(new Problem(status, 'Words', 'Details.'), true).remedies).toEqual(remedies);
});

test('it is said whether the changes are safe', () => {
  const problem = new Problem(0, 'The server cannot be reached', '');
  expect(troubleOf(problem, true)).toMatchObject({ heading: 'Not saved: The server cannot be reached' });
  expect(troubleOf(problem, true).sentences.join(' ')).toMatch(/kept on this computer/);
  expect(troubleOf(problem, false).sentences.join(' ')).toMatch(/save them as a file/);
});

test('what is saved but not known is to be loaded again', () => {
  const { heading, remedies } = troubleOf(savedUnread(), true);
  expect([heading, remedies]).toEqual(['Saved, but it must be loaded again', ['theirs', 'again', 'file']]);
});
