import { afterEach, expect, test, vi } from 'vitest';
import { Problem } from './problem.ts';

afterEach(() => vi.useRealTimers());

test.each([
  [0, 'As the page says', /^Check that the server is running/],
  [400, 'As the page says', /^Go back one step and try again/],
  [403, 'You are not allowed to see this', /^Ask someone/],
  [404, 'This cannot be found', /^It may have been renamed/],
  [429, 'The server asks for a pause', /^Wait a minute/],
  [500, 'The server could not do this', /^Try again; if it stays, tell the operator\.$/],
  [503, 'The server could not do this', /^Try again/],
])('status %i is explained, with advice', (status, heading, advice) => {
  const problem = new Problem(status, 'As the page says', '');
  expect(problem.heading).toBe(heading);
  expect(problem.advice).toMatch(advice);
});

test('who may not change something is not told that they may not see it', () => {
  const { heading, advice } = new Problem(403, 'Forbidden', '', { wrote: true });
  expect([heading, advice]).toEqual(['You are not allowed to change this', expect.stringMatching(/^Ask its owner/)]);
});

test('only a request number that is there is spoken of', () => {
  const { advice } = new Problem(500, 'Internal Server Error', '', { requestId: '7' });
  expect(advice).toMatch(/give the operator the request number below/);
});

test.each([
  [401, 'sign_in_refused', 'That did not sign you in', /^Check what you typed/],
  [403, 'insecure_address', 'This address is not safe to sign in at', /https/],
  [403, 'branch_protected', 'This branch takes no direct commits', /Save to a new branch/],
  [429, 'provider_rate_limited', 'The provider asks for a pause', /^Wait a minute/],
  [503, 'provider_resting', 'The provider has trouble', /^Try again/],
  [502, 'provider_unavailable', 'The provider could not be reached', /^Try again/],
  [503, 'crowded', 'Too much is asked of this server without a sign-in', /^Try again in a few seconds/],
  [422, 'model_unreadable', 'This model cannot be read', /^Mend the file/],
  [404, 'constructor', 'This cannot be found', /^It may have been renamed/],
])('status %i with the code %s is explained', (status, code, heading, advice) => {
  const problem = new Problem(status, 'As the page says', '', { code });
  expect(problem.heading).toBe(heading);
  expect(problem.advice).toMatch(advice);
});

test.each([429, 503])('status %i says when to try again, by the clock of the person', (status) => {
  const now = new Date(2026, 10, 25, 10, 0, 0);
  vi.useFakeTimers({ now, toFake: ['Date'] });
  const soon = new Date(2026, 10, 25, 10, 1, 30);
  expect(new Problem(status, '', '', { retryAt: soon }).advice).toBe(`Wait until 10:01:30 AM, then try again.`);
  const tomorrow = new Date(2026, 10, 26, 0, 0, 5);
  expect(new Problem(status, '', '', { retryAt: tomorrow }).advice).toBe(
    `Wait until Nov 26, 2026, 12:00:05 AM, then try again.`,
  );
});

test('what is thrown is put into words', () => {
  const known = new Problem(404, 'x', '');
  expect(Problem.of(known)).toBe(known);
  expect(Problem.of(new TypeError('Failed to fetch')).title).toBe('The server cannot be reached');
  expect(Problem.of(new TypeError('Failed to fetch dynamically imported module: /x.js')).code).toBe(
    'page_part_missing',
  );
  expect(Problem.of(new DOMException('', 'TimeoutError')).title).toBe('The server took too long to answer');
  expect(Problem.of(new Error('odd')).detail).toBe('Error: odd');
});

test('what nobody expected is a fault of the page, but for parts of it that did not come', () => {
  const fault = Problem.ofUnexpected(new TypeError('x is not a function'));
  expect([fault.heading, fault.detail]).toEqual([
    'Something went wrong in this page',
    'TypeError: x is not a function',
  ]);
  expect(fault.advice).toMatch(/^Reload the page/);
  expect(Problem.ofUnexpected(new TypeError('error loading dynamically imported module')).code).toBe(
    'page_part_missing',
  );
  expect(Problem.ofUnexpected(new Problem(404, '', '')).heading).toBe('This cannot be found');
});
