/// What becomes of drafts: when they are written, how one goes on with them, also where they are spoilt.
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { Drafts, type Draft } from './drafts.ts';
import { FakeHome, kept, openedAt, own, rename, textWith } from './fixture.ts';

let browser: IDBFactory;
let home: FakeHome;

beforeEach(() => {
  browser = new IDBFactory();
  home = new FakeHome();
});

const open = (drafts = new Drafts(browser)) => openedAt(home, drafts);

test('a draft goes on where it was, with undo and redo', async () => {
  const work = await open();
  rename(work, 'New');
  own(work, 'Ada');
  work.editor.undo();
  work.keep();
  await kept(work);

  const again = await open();
  expect(again.editor.document.text()).toBe(textWith('New'));
  expect([again.changed, again.standing]).toEqual([true, 'kept']);
  again.editor.redo();
  expect(again.editor.document.text()).toBe(textWith('New', 'Ada'));
  again.editor.undo();
  again.editor.undo();
  expect(again.editor.document.text()).toBe(textWith('Shop'));
  expect(again.changed).toBe(false);
});

test('a draft lets one undo what was saved, in another page too', async () => {
  const work = await open();
  rename(work, 'New');
  await work.save();
  await expect.poll(async () => (await new Drafts(browser).get('shop'))?.version).toBe('v2');

  const again = await open();
  expect(again.standing).toBe('saved');
  again.editor.undo();
  await again.save();
  expect(home.calls.at(-1)).toEqual([textWith('Shop'), 'v2']);
});

test('a draft of another version is offered; going on with it saves it from that version', async () => {
  const work = await open();
  rename(work, 'Mine');
  await kept(work);
  home.there = { text: textWith('Shop', 'Grace'), version: 'v7' };

  const again = await open();
  expect(again.stale?.title).toBe('Mine');
  expect(again.editor.document.text()).toBe(textWith('Shop', 'Grace'));
  again.continueDraft();
  expect(again.news.join()).toMatch(/continued, though the model has changed/);
  expect(again.editor.document.text()).toBe(textWith('Mine'));
  expect(again.changed).toBe(true);
  await again.save();
  expect(home.calls.at(-1)).toEqual([textWith('Mine'), 'v1']);
});

test('a draft of another version is not overwritten before that is decided, and can be discarded', async () => {
  const work = await open();
  rename(work, 'Mine');
  await kept(work);
  home.there = { text: textWith('Theirs'), version: 'v7' };
  const again = await open();
  rename(again, 'Something else');
  expect((await new Drafts(browser).get('shop'))?.title).toBe('Mine');
  await again.discardDraft();
  expect(await new Drafts(browser).get('shop')).toBeUndefined();
  expect((await open()).stale).toBeNull();
});

test('a draft without anything unsaved does not come up again after others have saved', async () => {
  const work = await open();
  rename(work, 'New');
  await work.save();
  await expect.poll(async () => (await new Drafts(browser).get('shop'))?.changed).toBe(false);
  home.there = { text: textWith('Theirs'), version: 'v7' };
  const again = await open();
  expect([again.stale, again.editor.document.title]).toEqual([null, 'Theirs']);
});

test('a draft cannot be kept by every browser; then editing and saving go on', async () => {
  const work = await open(new Drafts(undefined));
  expect(work.keeps).toBe(false);
  rename(work, 'New');
  await expect.poll(() => work.keeps).toBe(false);
  expect(work.standing).toBe('unsaved');
  expect(await work.save()).toBe(true);
});

test('a draft is not written for a model that is only looked at, nor during a gesture', async () => {
  const work = await open();
  work.keep();
  const gesture = work.editor.begin('Drag');
  gesture.update([{ type: 'setSummaryField', key: 'owner', value: 'Ada' }]);
  work.keep();
  gesture.cancel();
  work.keep();
  expect(await new Drafts(browser).get('shop')).toBeUndefined();
});

const SPOILT = '[{"name":"x","at":1,"operations":[{"type":"__proto__"}]}]';

/** Changes what the browser has kept. */
async function spoil(more: (draft: Draft) => Partial<Draft>): Promise<void> {
  const drafts = new Drafts(browser);
  const draft = await drafts.get('shop');
  if (!draft) throw new Error('there is a draft');
  await drafts.put({ ...draft, ...more(draft) });
}

test('a draft whose steps are not understood any more goes on with its text', async () => {
  const work = await open();
  rename(work, 'New');
  await kept(work);
  await spoil(() => ({ steps: SPOILT }));
  const again = await open();
  expect(again.editor.document.text()).toBe(textWith('New'));
  expect(again.changed).toBe(true);
  expect(again.news.join()).toMatch(/cannot be undone/);
  own(again, 'Ada');
  await kept(again);
  expect((await open()).editor.document.text()).toBe(textWith('New', 'Ada'));
});

test('a draft whose steps make something else today goes on with its text', async () => {
  const work = await open();
  rename(work, 'New');
  await kept(work);
  await spoil(() => ({ text: textWith('Otherwise') }));
  expect((await open()).editor.document.text()).toBe(textWith('Otherwise'));
});

test('a draft of which only a part can be read goes on with that', async () => {
  const work = await open();
  rename(work, 'New');
  own(work, 'Ada');
  await kept(work);
  await spoil(({ steps }) => ({ text: '{', steps: steps.replace('"owner"', '7') }));
  const again = await open();
  expect(again.editor.document.text()).toBe(textWith('New'));
  expect(again.news.join()).toMatch(/only its first steps/);
});

test('a draft that cannot be read at all is not written over, until it is discarded', async () => {
  const work = await open();
  rename(work, 'New');
  await kept(work);
  await spoil(() => ({ text: '{', base: '{' }));
  const again = await open();
  expect(again.editor.document.text()).toBe(textWith('Shop'));
  expect([again.news.join(), again.keeps]).toEqual([expect.stringMatching(/cannot be read/), false]);
  rename(again, 'Something else');
  again.flush();
  await again.save();
  expect((await new Drafts(browser).get('shop'))?.title).toBe('New');
  await again.discard();
  rename(again, 'Kept again');
  await kept(again);
});

test('a draft that the browser did not give is not written over', async () => {
  const work = await open();
  rename(work, 'New');
  await kept(work);
  const drafts = new Drafts(browser);
  vi.spyOn(drafts, 'get').mockRejectedValueOnce(new Error('not now'));
  const again = await open(drafts);
  rename(again, 'Something else');
  again.flush();
  await expect.poll(async () => (await drafts.get('shop'))?.title).toBe('New');
  expect(again.keeps).toBe(false);
});

test('a draft is written in a moment, once for many steps, or at once before the page is gone', async () => {
  const drafts = new Drafts(browser);
  const put = vi.spyOn(drafts, 'put');
  const work = await open(drafts);
  for (const title of ['A', 'B', 'C']) rename(work, title);
  expect(put).not.toHaveBeenCalled();
  await kept(work);
  expect(put.mock.calls.map(([draft]) => draft.title)).toEqual(['C']);
  rename(work, 'D');
  work.flush();
  work.flush();
  expect(put.mock.calls.map(([draft]) => draft.title)).toEqual(['C', 'D']);
});
