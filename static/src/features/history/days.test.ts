import { expect, test } from 'vitest';
import type { Commit } from '../../api/history.ts';
import { daysOf, shortId } from './days.ts';

function commit(at: string): Commit {
  return { commit: at, author: '', email: '', at, message: '', version: 'v', change: 'changed', summary: null };
}

test('commits are together by day', () => {
  const days = daysOf(['2026-03-02T12:30:00Z', '2026-03-02T12:00:00Z', '2026-02-27T12:00:00Z'].map(commit));
  expect(days.map(({ commits }) => commits.length)).toEqual([2, 1]);
});

test('a commit that is dated out of order begins a day of its own', () => {
  const days = daysOf(['2026-03-02T12:00:00Z', '2020-01-01T12:00:00Z', '2026-03-02T12:00:00Z'].map(commit));
  expect(days.map(({ commits }) => commits.length)).toEqual([1, 1, 1]);
  expect(daysOf([])).toEqual([]);
});

test('ids are told by their beginning', () => {
  expect(shortId('0123456789abcdef')).toBe('01234567');
});
