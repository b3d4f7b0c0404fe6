import { IDBFactory } from 'fake-indexeddb';
import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Conflict } from '../../api/conflict.ts';
import { Problem } from '../../api/problem.ts';
import Collisions from './Collisions.svelte';
import { Drafts } from './drafts.ts';
import { collisionAt, FakeHome, openedAt, own, rename, textWith } from './fixture.ts';
import { saveNow } from './saving.ts';
import type { Work } from './work.svelte.ts';

const [TITLE, OWNER] = [collisionAt(['summary', 'title']), collisionAt(['summary', 'owner'])];

let home: FakeHome;
let work: Work;
let shown: object | null = null;

/** Both have changed title and owner. */
beforeEach(async () => {
  home = new FakeHome();
  work = await openedAt(home, new Drafts(new IDBFactory()));
  rename(work, 'Mine');
  own(work, 'Me');
  home.there = { text: textWith('Theirs', 'They'), version: 'v5' };
  collideWith([TITLE, OWNER]);
  await work.save();
});

afterEach(async () => {
  if (shown) await unmount(shown);
  shown = null;
});

function collideWith(conflicts: readonly Conflict[], conflictCount = conflicts.length) {
  home.answer = (text) => {
    if (home.calls.at(-1)?.[1] === 'v1') {
      throw new Problem(409, 'Conflict', '', { conflicts, conflictCount, version: home.there.version });
    }
    return { text, version: 'v6', merged: false, notes: [] };
  };
}

function problem(): Problem {
  if (!work.problem) throw new Error('nothing collides');
  return work.problem;
}

function show() {
  shown = mount(Collisions, { target: document.body, props: { work, problem: problem() } });
  flushSync();
}

const chosen = () => [...document.querySelectorAll<HTMLInputElement>('input:checked')].map(({ value }) => value);

function choose(value: string, index: number) {
  document.querySelectorAll<HTMLInputElement>(`input[value=${value}]`)[index]?.click();
  flushSync();
}

test('saving while it is decided waits until all is, and then saves with it', async () => {
  work.decisions.choose(problem(), [TITLE], 'ours');
  expect(await saveNow(work)).toBe(false);
  expect(home.calls).toHaveLength(1);
  work.decisions.choose(problem(), [OWNER], 'theirs');
  expect(await saveNow(work)).toBe(true);
  expect(home.calls.at(-1)).toEqual([textWith('Mine', 'They'), 'v5']);
});

test('saving is as ever while the collision is put aside', async () => {
  work.decisions.aside = problem();
  await saveNow(work);
  expect(home.calls).toHaveLength(2);
});

test('what was decided is there still when saving it has failed', async () => {
  show();
  choose('ours', 0);
  choose('theirs', 1);
  const { merge } = home;
  home.merge = async () => {
    throw new Problem(503, 'Service Unavailable', '');
  };
  await saveNow(work);
  expect(problem().status).toBe(503);
  home.merge = merge;
  await work.save();
  if (shown) await unmount(shown);
  show();
  expect(chosen()).toEqual(['ours', 'theirs']);
  expect(await saveNow(work)).toBe(true);
});

test('what others have changed once more is to be decided anew, and only that', async () => {
  work.decisions.chooseAll(problem(), 'ours');
  collideWith([{ ...TITLE, theirs: 'Another' }, OWNER]);
  await work.save();
  show();
  expect(chosen()).toEqual(['ours']);
  expect(work.decisions.choiceFor(problem())).toBeNull();
});

test('what is settled is not remembered for the next time', async () => {
  work.decisions.chooseAll(problem(), 'ours');
  const collided = problem();
  await saveNow(work);
  expect(work.decisions.sideOf(collided, [TITLE])).toBeNull();
});

test('the drawing of a diagram is one choice, and what is not listed another', async () => {
  const place = { diagram: 0, cell: 'shop', threat: null, path: ['position'] };
  const moved = { ...TITLE, subject: ['Paying'], layout: true, place };
  collideWith([moved, { ...moved, place: { ...place, path: ['size'] } }, OWNER], 1_200);
  await work.save();
  show();
  expect([...document.querySelectorAll('legend')].map(({ textContent }) => textContent)).toEqual([
    'Paying: how it is drawn, in 2 places',
    'The model › Owner',
    '1,197 more places, which are too many to be listed',
  ]);
  choose('ours', 0);
  choose('theirs', 1);
  expect(work.decisions.choiceFor(problem())).toBeNull();
  choose('theirs', 2);
  const { sides, rest } = work.decisions.choiceFor(problem()) ?? {};
  expect([sides, rest]).toEqual([['ours', 'ours', 'theirs'], 'theirs']);
});
