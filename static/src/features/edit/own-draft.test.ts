import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { drafts, type Draft } from './drafts.ts';
import { Locks } from './locks-fixture.ts';
import { ownDraft } from './own-draft.ts';
import { draftKey, hasUnsaved, holdModel, modelOfDraft, moveDrafts } from './provider-drafts.ts';

const AT = { provider: 'local', repository: 'demo/shop', branch: 'main', model: 'Web shop' } as const;
const PERSON = { provider: 'local', username: 'ada 2' } as const;
const FIRST = draftKey(AT, PERSON);

beforeEach(() => {
  // A tab of its own.
  sessionStorage.clear();
  vi.stubGlobal('navigator', { locks: new Locks().manager });
});

afterEach(async () => {
  vi.unstubAllGlobals();
  for (const { key } of await drafts.list()) await drafts.delete(key);
});

async function put(key: string, changed: boolean) {
  const texts = { base: '{}', saved: '{}', steps: '[]', text: '{}' };
  const draft: Draft = {
    key,
    fileName: 'a.json',
    title: '',
    version: '',
    done: 0,
    at: 1,
    handle: null,
    changed,
    ...texts,
  };
  await drafts.put(draft);
}

test('each tab with a model has a draft of its own, and the first that is free', async () => {
  const one = await ownDraft(FIRST);
  const two = await ownDraft(FIRST);
  expect([one?.key, two?.key]).toEqual([FIRST, `${FIRST} 2`]);
  one?.release();
  expect((await ownDraft(FIRST))?.key).toBe(FIRST);
  expect((await ownDraft(draftKey({ ...AT, model: 'Web shop 2' }, PERSON)))?.key).not.toBe(`${FIRST} 2`);
});

test('what a closed tab has left unsaved comes first; what all is saved of does not', async () => {
  await put(FIRST, false);
  await put(`${FIRST} 2`, false);
  await put(`${FIRST} 3`, true);
  const [one, two] = [await ownDraft(FIRST), await ownDraft(FIRST)];
  expect([one?.key, two?.key]).toEqual([`${FIRST} 3`, FIRST]);
});

test('a tab that is loaded again has the draft that it had, whatever others have left', async () => {
  await put(FIRST, true);
  await put(`${FIRST} 2`, true);
  const [other, tab] = [await ownDraft(FIRST), await ownDraft(FIRST)];
  expect([other?.key, tab?.key]).toEqual([FIRST, `${FIRST} 2`]);
  other?.release();
  tab?.release();
  const again = await ownDraft(FIRST);
  expect(again?.key).toBe(`${FIRST} 2`);
  again?.release();
  await put(`${FIRST} 2`, false);
  expect((await ownDraft(FIRST))?.key).toBe(FIRST);
});

test('the tenth tab has none', async () => {
  const tabs = await Promise.all(Array.from({ length: 10 }, () => ownDraft(FIRST)));
  expect(tabs.filter((tab) => tab === null)).toHaveLength(1);
  expect(new Set(tabs.map((tab) => tab?.key)).size).toBe(10);
});

test('a draft of any tab is of its model, and counts as unsaved', async () => {
  await put(`${FIRST} 2`, true);
  const [draft] = await drafts.list();
  expect(draft && modelOfDraft(draft, PERSON)).toMatchObject(AT);
  expect(await hasUnsaved(AT, PERSON)).toBe(true);
  expect(await hasUnsaved({ ...AT, model: 'Web' }, PERSON)).toBe(false);
});

test('the drafts of all tabs follow a model that is renamed, which no tab may have open', async () => {
  await put(FIRST, true);
  await put(`${FIRST} 2`, true);
  const tab = await ownDraft(FIRST);
  expect(await holdModel(AT, PERSON)).toBeNull();
  tab?.release();
  const release = await holdModel(AT, PERSON);
  expect(release).not.toBeNull();
  const to = { ...AT, model: 'Shop' };
  await moveDrafts(AT, to, PERSON);
  release?.();
  const found = await drafts.list();
  const moved = draftKey(to, PERSON);
  expect(new Set(found.map(({ key }) => key))).toEqual(new Set([moved, `${moved} 2`]));
  expect(found.map(({ fileName }) => fileName)).toEqual(['Shop.json', 'Shop.json']);
});
