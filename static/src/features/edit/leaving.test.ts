import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { Drafts } from './drafts.ts';
import { FakeHome, kept, openedAt, own, rename, textWith } from './fixture.ts';
import { saveCopy } from './saving.ts';
import type { Work } from './work.svelte.ts';

let drafts: Drafts;
let home: FakeHome;
let work: Work;
let release = () => {};

beforeEach(async () => {
  drafts = new Drafts(new IDBFactory());
  home = new FakeHome();
  work = await openedAt(home, drafts);
  rename(work, 'Mine');
  await kept(work);
  const { save } = home;
  home.save = async (...sent) => {
    await new Promise<void>((resolve) => (release = resolve));
    return save.apply(home, sent);
  };
});

/** All that is written to drafts from now on. */
const written = () => vi.spyOn(drafts, 'put');

test('a save that ends after its page was left writes no draft, and leaves none of what is saved', async () => {
  const saving = work.save();
  work.leave();
  const puts = written();
  release();
  expect(await saving).toBe(true);
  await expect.poll(() => drafts.get('shop')).toBeUndefined();
  expect(puts).not.toHaveBeenCalled();
});

test('a draft that somebody has gone on with meanwhile stays', async () => {
  const saving = work.save();
  work.leave();
  const next = await openedAt(home, drafts);
  own(next, 'Me');
  await kept(next);
  const got = vi.spyOn(drafts, 'get');
  release();
  await saving;
  await vi.waitFor(() => expect(got).toHaveBeenCalled());
  expect((await drafts.get('shop'))?.text).toBe(textWith('Mine', 'Me'));
});

test('a file beside has what is typed and not entered yet', async () => {
  const given: Blob[] = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    given.push(blob as Blob);
    return 'blob:';
  });
  work.editor.entering(() => own(work, 'Typed'));
  await saveCopy(work);
  expect(await given[0]?.text()).toBe(textWith('Mine', 'Typed'));
});
