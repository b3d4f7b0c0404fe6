import { IDBFactory } from 'fake-indexeddb';
import { afterEach, expect, test, vi } from 'vitest';
import { Drafts } from './drafts.ts';
import { FakeHome, kept, openedAt, own, rename } from './fixture.ts';

afterEach(() => vi.unstubAllGlobals());

test('the browser is asked once to keep drafts, when there is something to lose', async () => {
  const persist = vi.fn(async () => true);
  vi.stubGlobal('navigator', { storage: { persist } });
  const work = await openedAt(new FakeHome(), new Drafts(new IDBFactory()));
  expect(persist).not.toHaveBeenCalled();
  rename(work, 'Mine');
  await kept(work);
  own(work, 'Me');
  await kept(work);
  expect(persist).toHaveBeenCalledTimes(1);
});
