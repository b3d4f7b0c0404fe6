import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '../../api/problem.ts';
import type { Arrivals } from './arrival.ts';
import { Drafts } from './drafts.ts';
import { FakeHome, openedAt, rename } from './fixture.ts';
import { Watch, type Source } from './watch.svelte.ts';
import type { Work } from './work.svelte.ts';

const NONE: Arrivals = { arrived: [], isComplete: true };

let home: FakeHome;
let work: Work;
let newer: Source['newer'];
let asked: string[];
let watch: Watch;
let stop: () => void;

beforeEach(async () => {
  home = new FakeHome();
  work = await openedAt(home, new Drafts(new IDBFactory()));
  asked = [];
  newer = async () => null;
  vi.useFakeTimers();
  watch = new Watch(work, {
    newer: (known) => {
      asked.push(known);
      return newer(known);
    },
    arrivals: async () => NONE,
  });
  stop = watch.start();
});

afterEach(() => {
  stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const minutes = (count: number) => vi.advanceTimersByTimeAsync(count * 60_000);
const fail = (status: number) => async () => {
  throw new Problem(status, 'Words', '');
};

test('it is asked once a minute, and what others save is told until it is here', async () => {
  await minutes(1);
  expect([asked, watch.behind]).toEqual([['v1'], null]);
  newer = async () => 'v2';
  await minutes(1);
  expect(watch.behind).toEqual({ known: 'v1', version: 'v2', ...NONE });
  home.there = { ...home.there, version: 'v2' };
  await work.bringIn();
  expect(watch.behind).toBeNull();
});

test('who does not look is not asked for; who comes back is told at once', async () => {
  const hidden = vi.spyOn(document, 'hidden', 'get').mockReturnValue(true);
  await minutes(5);
  expect(asked).toEqual([]);
  hidden.mockReturnValue(false);
  document.dispatchEvent(new Event('visibilitychange'));
  expect(asked).toEqual(['v1']);
});

test('after failures it is asked less and less, and as often as before when it goes well', async () => {
  newer = fail(503);
  await minutes(1 + 2 + 4);
  expect(asked).toHaveLength(3);
  await minutes(60);
  expect(asked.length).toBeLessThanOrEqual(7);
  newer = async () => null;
  await minutes(16);
  const before = asked.length;
  await minutes(3);
  expect(asked.length).toBe(before + 3);
});

test.each([
  [0, 'unreachable', false],
  [401, 'signed-out', false],
  [404, 'online', true],
  [503, 'online', false],
] as const)('a %i says %s', async (status, reach, gone) => {
  newer = fail(status);
  await minutes(1);
  expect([watch.reach, watch.gone]).toEqual([reach, gone]);
  newer = async () => null;
  await minutes(2);
  expect([watch.reach, watch.gone]).toEqual(['online', false]);
});

test.each([
  [0, 2],
  [503, 2],
  [401, 1],
  [409, 1],
])('a save that failed with %i is made %i times when the network is back', async (status, times) => {
  rename(work, 'New');
  home.answer = () => {
    throw new Problem(status, 'Words', '');
  };
  await work.save();
  home.answer = (text) => ({ text, version: 'v2', merged: false, notes: [] });
  window.dispatchEvent(new Event('offline'));
  expect(watch.reach).toBe('offline');
  window.dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(1);
  expect(watch.reach).toBe('online');
  expect(home.calls).toHaveLength(times);
});

test('a save of our own that comes between is nobody else’s', async () => {
  newer = async () => {
    rename(work, 'New');
    await work.save();
    return 'v2';
  };
  await minutes(1);
  expect([work.version, watch.behind]).toEqual(['v2', null]);
});

test('a save that takes longer than a minute is waited for, and then it is asked again', async () => {
  let release = () => {};
  home.save = async (text) => {
    await new Promise<void>((resolve) => (release = resolve));
    return { text, version: 'v2', merged: false, notes: [] };
  };
  rename(work, 'New');
  void work.save();
  await minutes(2);
  expect([work.saving, asked]).toEqual([true, []]);
  release();
  await minutes(1);
  expect([work.saving, asked]).toEqual([false, ['v2']]);
});

test('once it has ended nothing is asked any more', async () => {
  stop();
  await minutes(5);
  document.dispatchEvent(new Event('visibilitychange'));
  expect(asked).toEqual([]);
});
