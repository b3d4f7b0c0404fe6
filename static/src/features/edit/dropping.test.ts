import { IDBFactory } from 'fake-indexeddb';
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Problem } from '../../api/problem.ts';
import Collisions from './Collisions.svelte';
import DraftList from './DraftList.svelte';
import { drafts, Drafts, type Draft } from './drafts.ts';
import { collisionAt, FakeHome, openedAt, rename, textWith } from './fixture.ts';
import { savedUnread } from './home.ts';
import SaveTrouble from './SaveTrouble.svelte';
import StrandedDraft from './StrandedDraft.svelte';
import type { Work } from './work.svelte.ts';

const COLLISION = new Problem(409, 'Conflict', '', { conflicts: [collisionAt(['summary', 'title'])] });

let home: FakeHome;
let work: Work;
let shown: object | null = null;

beforeEach(async () => {
  home = new FakeHome();
  work = await openedAt(home, new Drafts(new IDBFactory()));
  rename(work, 'Mine');
  home.there = { text: textWith('Theirs'), version: 'v5' };
});

afterEach(async () => {
  if (shown) await unmount(shown);
  shown = null;
  vi.restoreAllMocks();
});

function show<Props extends object>(component: Component<Props>, props: Props) {
  shown = mount(component, { target: document.body, props });
  flushSync();
}

const questions = () => [...document.querySelectorAll('dialog[open] h2')].map(({ textContent }) => textContent);

function press(name: string, within = '') {
  const found = [...document.querySelectorAll<HTMLElement>(`${within} button`)];
  const button = found.find((each) => each.textContent.trim() === name);
  if (!button) throw new Error(`there is no button ${name}`);
  button.click();
  flushSync();
}

const around = { ask: () => {}, decide: () => {} };

test.each([
  ['the questions about a collision', Collisions, COLLISION],
  ['a failure', SaveTrouble, new Problem(409, 'Conflict', '')],
] as const)('%s asks before all of mine is dropped for theirs', async (_, component, problem) => {
  show(component as Component<object>, { work, problem, ...around });
  press('Drop mine and load theirs');
  expect([work.title, questions()]).toEqual(['Mine', ['Discard changes?']]);
  press('Keep my changes', 'dialog[open]');
  expect([work.title, questions()]).toEqual(['Mine', []]);
  press('Drop mine and load theirs');
  press('Drop mine and load theirs', 'dialog[open]');
  await expect.poll(() => work.title).toBe('Theirs');
});

test('what is saved but was not understood is loaded without a question', async () => {
  home.answer = () => {
    throw savedUnread();
  };
  await work.save();
  if (!work.problem) throw new Error('there is a problem');
  show(SaveTrouble, { work, problem: work.problem, ...around });
  press('Drop mine and load theirs');
  expect(questions()).toEqual([]);
  await expect.poll(() => work.title).toBe('Theirs');
});

const draft = (key: string): Draft => ({
  key,
  fileName: 'shop.json',
  title: 'Shop',
  version: '',
  steps: '[]',
  done: 0,
  base: textWith('Shop'),
  saved: textWith('Shop'),
  text: textWith('Mine'),
  changed: true,
  at: 0,
  handle: null,
});

test('a draft of a file is discarded only once that is confirmed', async () => {
  vi.spyOn(drafts, 'list').mockResolvedValue([draft('file 1')]);
  const deleted = vi.spyOn(drafts, 'delete').mockResolvedValue();
  show(DraftList, {});
  await expect.poll(() => document.querySelectorAll('li').length).toBe(1);
  press('Discard');
  expect(questions()).toEqual(['Discard the draft?']);
  press('Keep the draft', 'dialog[open]');
  expect([deleted.mock.calls, questions()]).toEqual([[], []]);
  press('Discard');
  press('Discard the draft', 'dialog[open]');
  expect(deleted.mock.calls).toEqual([['file 1']]);
});

test('the draft of a model that cannot be opened is discarded only once that is confirmed', async () => {
  const deleted = vi.spyOn(drafts, 'delete').mockResolvedValue();
  show(StrandedDraft, { draft: draft('shop') });
  press('Discard the draft');
  expect([deleted.mock.calls, questions()]).toEqual([[], ['Discard the draft?']]);
  press('Discard the draft', 'dialog[open]');
  await expect.poll(() => document.body.textContent).toContain('The draft is discarded.');
  expect(deleted.mock.calls).toEqual([['shop']]);
});
