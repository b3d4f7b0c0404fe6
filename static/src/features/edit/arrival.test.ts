import { expect, test } from 'vitest';
import type { Commit } from '../../api/history.ts';
import { arrivalsIn, arrivalWords, authorsOf } from './arrival.ts';

const commit = (id: string, author: string, version: string | null = `v-${id}`): Commit => ({
  commit: id,
  author,
  email: '',
  at: '2026-01-01T00:00:00Z',
  message: '',
  version,
  change: 'changed',
  summary: null,
});

/** The newest first. */
const LOG = [commit('d', 'Ada'), commit('c', 'Grace'), commit('b', 'Linus'), commit('a', 'Ada')];
const ids = (since: string, own: string, hasMore = false) => {
  const { arrived, isComplete } = arrivalsIn(LOG, { since, commit: own }, hasMore);
  return [arrived.map((one) => [one.commit.commit, one.before?.commit]), isComplete];
};

test('what others have saved since a version is told with what it was saved upon, but for one’s own', () => {
  expect(ids('v-a', 'd')).toEqual([
    [
      ['c', 'b'],
      ['b', 'a'],
    ],
    true,
  ]);
  expect(ids('v-d', '')).toEqual([[], true]);
});

test('where the version is older than what is listed, it is known whether there is more', () => {
  const all = [
    ['d', 'c'],
    ['c', 'b'],
    ['b', 'a'],
    ['a', undefined],
  ];
  expect(ids('unknown', '', true)).toEqual([all, false]);
  expect(ids('unknown', '')).toEqual([all, true]);
  expect(arrivalsIn([], { since: 'x', commit: '' }, false)).toEqual({ arrived: [], isComplete: true });
});

test('each author is named once, whoever saved last first', () => {
  expect(authorsOf(arrivalsIn(LOG, { since: 'none', commit: '' }, false))).toEqual(['Ada', 'Grace', 'Linus']);
});

test('that others have saved is a sentence, also where it is not known who', () => {
  const since = (version: string) => arrivalWords(arrivalsIn(LOG, { since: version, commit: '' }, false));
  expect(since('v-a')).toBe('Ada, Grace, and Linus saved this model 3 times since you opened it.');
  expect(since('v-c')).toBe('Ada saved this model since you opened it.');
  expect(since('v-d')).toBe('Somebody has saved this model since you opened it.');
});
