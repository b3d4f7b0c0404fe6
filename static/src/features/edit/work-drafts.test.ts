/// Drafts that are not as they should be, and when drafts are written.
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { Document } from '../../model/document.ts';
import { Drafts, type Draft } from './drafts.ts';
import { FakeHome, textWith } from './fixture.ts';
import { Work } from './work.svelte.ts';

let browser: IDBFactory;
let home: FakeHome;
let now: number;

beforeEach(() => {
  browser = new IDBFactory();
  home = new FakeHome();
  now = 0;
});

/** As a page that is opened. */
async function open(drafts = new Drafts(browser)): Promise<Work> {
  const read = await home.read();
  const work = new Work(home, read, Document.parse(read.text), drafts, { newId: () => 'x', now: () => (now += 5000) });
  await work.takeUp();
  return work;
}

function rename(work: Work, title: string): void {
  work.editor.do('Rename', [{ type: 'setSummaryField', key: 'title', value: title }]);
  work.keep();
}

function own(work: Work, owner: string): void {
  work.editor.do('Set the owner', [{ type: 'setSummaryField', key: 'owner', value: owner }]);
  work.keep();
}

/** Waits until the draft of the last step is written. */
const kept = (work: Work) => expect.poll(() => work.standing).toBe('kept');

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
