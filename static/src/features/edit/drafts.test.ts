import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
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
