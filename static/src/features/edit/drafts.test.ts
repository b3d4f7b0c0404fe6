import { IDBFactory, IDBObjectStore } from 'fake-indexeddb';
import { expect, test, vi } from 'vitest';
import { DraftKeeper, Drafts, type Draft } from './drafts.ts';

const DAY = 24 * 3_600_000;

function draft(key: string, more: Partial<Draft> = {}): Draft {
  return {
    key,
    fileName: 'shop.json',
    title: 'Shop',
    base: '{}',
    saved: '{}',
    version: 'v1',
    steps: '[]',
    done: 0,
    text: '{}',
    changed: true,
    at: 0,
    handle: null,
    ...more,
  };
}

test('a draft comes back to another page as it was, and can be taken away', async () => {
  const browser = new IDBFactory();
  await new Drafts(browser).put(draft('a', { steps: '[1.10]' }));
  await new Drafts(browser).put(draft('a', { steps: '[1.20]' }));
  const drafts = new Drafts(browser);
  expect(await drafts.get('a')).toEqual(draft('a', { steps: '[1.20]' }));
  await drafts.delete('a');
  expect(await drafts.get('a')).toBeUndefined();
});

test('the newest comes first, and what is long since saved goes', async () => {
  const drafts = new Drafts(new IDBFactory());
  await drafts.put(draft('old', { changed: false, at: 0 }));
  await drafts.put(draft('kept', { at: -1 }));
  await drafts.put(draft('new', { changed: false, at: 7 * DAY }));
  const left = async (now: number) => {
    await drafts.prune(now);
    return (await drafts.list()).map(({ key }) => key);
  };
  expect(await left(7 * DAY)).toEqual(['new', 'old', 'kept']);
  expect(await left(7 * DAY + 1)).toEqual(['new', 'kept']);
});

test('a browser that keeps nothing says so', async () => {
  await expect(new Drafts(undefined).get('a')).rejects.toThrow('keeps nothing');
  await expect(new Drafts(undefined).put(draft('a'))).rejects.toThrow('keeps nothing');
});

test('of drafts that come while one is written, the last is written', async () => {
  const drafts = new Drafts(new IDBFactory());
  const written: [string, boolean][] = [];
  await new Promise<void>((done) => {
    const keeper = new DraftKeeper(drafts, ({ steps }, kept) => {
      written.push([steps, kept]);
      if (steps === '3') done();
    });
    for (const steps of ['1', '2', '3']) keeper.keep(draft('a', { steps }));
  });
  expect(written).toEqual([
    ['1', true],
    ['3', true],
  ]);
  expect(await drafts.get('a')).toMatchObject({ steps: '3' });
});

test('a draft that could not be kept is told', async () => {
  const kept = await new Promise((done) => {
    new DraftKeeper(new Drafts(undefined), (_, kept) => done(kept)).keep(draft('a'));
  });
  expect(kept).toBe(false);
});

const LONG = 'x'.repeat(10_000);

test('the texts that stay are written once, and again when they change or are gone', async () => {
  const browser = new IDBFactory();
  const drafts = new Drafts(browser);
  const put = vi.spyOn(IDBObjectStore.prototype, 'put');
  const sizes = () =>
    put.mock.calls.splice(0).map(([value]) => (JSON.stringify(value).length > LONG.length ? 'long' : 'short'));
  await drafts.put(draft('a', { base: LONG }));
  expect(sizes()).toEqual(['long', 'short']);
  await drafts.put(draft('a', { base: LONG, steps: '[1]' }));
  expect(sizes()).toEqual(['short']);
  await drafts.put(draft('a', { base: LONG, saved: 'new' }));
  expect(sizes()).toEqual(['long', 'short']);
  const again = new Drafts(browser);
  const read = await again.get('a');
  if (!read) throw new Error('there is a draft');
  await again.put({ ...read, steps: '[2]' });
  expect(sizes()).toEqual(['short']);
  await new Drafts(browser).delete('a');
  await drafts.put(draft('a', { base: LONG, saved: 'new' }));
  expect(sizes()).toEqual(['long', 'short']);
  expect(await new Drafts(browser).get('a')).toEqual(draft('a', { base: LONG, saved: 'new' }));
  put.mockRestore();
});

test('two pages that keep the same model do not mix their texts', async () => {
  const browser = new IDBFactory();
  const [one, other] = [new Drafts(browser), new Drafts(browser)];
  await one.put(draft('a', { base: 'one' }));
  await other.put(draft('a', { base: 'other' }));
  await other.prune(0);
  await one.put(draft('a', { base: 'one', steps: '[1]' }));
  expect(await other.get('a')).toEqual(draft('a', { base: 'one', steps: '[1]' }));
  await one.prune(0);
  expect(await one.list()).toEqual([draft('a', { base: 'one', steps: '[1]' })]);
});

test('a database that could not be opened, or was closed, is opened again', async () => {
  const browser = new IDBFactory();
  const open = vi.spyOn(browser, 'open').mockImplementationOnce(() => {
    throw new Error('not now');
  });
  const drafts = new Drafts(browser);
  await expect(drafts.put(draft('a'))).rejects.toThrow('not now');
  await drafts.put(draft('a'));
  await new Promise((done) => (browser.deleteDatabase('wyvern').onsuccess = done));
  expect(await drafts.get('a')).toBeUndefined();
  await drafts.put(draft('a'));
  expect(await drafts.get('a')).toEqual(draft('a'));
  expect(open).toHaveBeenCalledTimes(3);
});
