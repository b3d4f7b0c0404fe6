import { expect, test } from 'vitest';
import { Problem } from './problem.ts';

test.each([
  [0, 'As the page says', /^Check that the server is running/],
  [400, 'As the page says', /^Go back one step and try again/],
  [403, 'You are not allowed to see this', /^Ask someone/],
  [404, 'This cannot be found', /^It may have been renamed/],
  [429, 'The server asks for a pause', /^Wait a minute/],
  [500, 'The server could not do this', /give the operator the request number/],
  [503, 'The server could not do this', /^Try again/],
])('status %i is explained, with advice', (status, heading, advice) => {
  const problem = new Problem(status, 'As the page says', '');
  expect(problem.heading).toBe(heading);
  expect(problem.advice).toMatch(advice);
});

test('what is thrown is put into words', () => {
  const known = new Problem(404, 'x', '');
  expect(Problem.of(known)).toBe(known);
  expect(Problem.of(new TypeError('Failed to fetch')).title).toBe('The server cannot be reached');
  expect(Problem.of(new DOMException('', 'TimeoutError')).title).toBe('The server took too long to answer');
  expect(Problem.of(new Error('odd')).detail).toBe('Error: odd');
});
