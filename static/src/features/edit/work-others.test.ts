import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import { Problem } from '../../api/problem.ts';
import { Drafts } from './drafts.ts';
import { FakeHome, kept, openedAt, rename, textWith } from './fixture.ts';
import { passes, troubleOf } from './trouble.ts';

let browser: IDBFactory;
let home: FakeHome;

beforeEach(() => {
  browser = new IDBFactory();
  home = new FakeHome();
});

const open = () => openedAt(home, new Drafts(browser));

describe('bringing in what others have saved', () => {
  beforeEach(() => {
    home.answer = (text) => ({ text, version: 'v9', merged: false, notes: [] });
  });

  test('shows it, where nothing of ours is unsaved', async () => {
    const work = await open();
    home.there = { text: textWith('Theirs'), version: 'v2' };
    expect(await work.bringIn()).toBe(true);
    expect([work.title, work.changed, work.version]).toEqual(['Theirs', false, 'v2']);
    expect(work.arrival).toEqual({ since: 'v1', commit: '' });
    expect(home.calls).toEqual([]);
  });

  test('is not told as saving', async () => {
    const work = await open();
    home.there = { text: textWith('Theirs'), version: 'v2' };
    const bringing = work.bringIn();
    expect([work.saving, work.standing]).toEqual([true, 'saved']);
    await bringing;
    const loading = work.loadTheirs();
    expect([work.saving, work.standing]).toEqual([true, 'saved']);
    await loading;
    rename(work, 'Mine');
    const saving = work.save();
    expect(work.standing).toBe('saving');
    await saving;
  });

  test.each(['bringIn', 'loadTheirs'] as const)('that cannot be read is told as what it is by %s', async (way) => {
    const work = await open();
    home.there = { text: '{', version: 'v2' };
    await work[way]();
    const { problem } = work;
    expect(problem?.title).toBe('This is not valid JSON');
    expect(problem?.detail).toMatch(/line 1.+text editor/);
    expect(passes(problem)).toBe(false);
    if (problem) expect(troubleOf(problem, true).heading).toBe('This is not valid JSON');
  });

  test('puts our steps upon theirs, where they can still be undone, and saves upon their version', async () => {
    const work = await open();
    rename(work, 'Mine');
    home.there = { text: textWith('Shop', 'They'), version: 'v2' };
    expect(await work.bringIn()).toBe(true);
    expect(work.editor.document.text()).toBe(textWith('Mine', 'They'));
    work.editor.undo();
    expect(work.changed).toBe(false);
    work.editor.redo();
    await work.save();
    expect(home.calls).toEqual([[textWith('Mine', 'They'), 'v2']]);
  });

  test('takes back in theirs what was undone since the last save', async () => {
    const work = await open();
    rename(work, 'Saved');
    await work.save();
    work.editor.undo();
    home.there = { text: textWith('Saved', 'They'), version: 'v10' };
    expect(await work.bringIn()).toBe(true);
    expect(work.editor.document.text()).toBe(textWith('Shop', 'They'));
  });

  test('changes nothing where both have changed the same, and says so', async () => {
    const work = await open();
    rename(work, 'Mine');
    home.there = { text: textWith('Theirs'), version: 'v2' };
    expect(await work.bringIn()).toBe(false);
    expect([work.title, work.version, work.arrival]).toEqual(['Mine', 'v1', null]);
    expect(work.news.join()).toMatch(/touch what you have changed/);
  });

  test('that fails loses nothing', async () => {
    const work = await open();
    rename(work, 'Mine');
    home.read = () => Promise.reject(new Problem(503, 'Service Unavailable', ''));
    expect(await work.bringIn()).toBe(false);
    expect([work.title, work.problem?.status]).toEqual(['Mine', 503]);
  });
});

describe('a message', () => {
  test('goes with the save, and again when that is repeated, but not with the next one', async () => {
    const work = await open();
    rename(work, 'New');
    home.answer = () => {
      throw new Problem(0, 'The server cannot be reached', '');
    };
    await work.save('Reviewed');
    home.answer = (text) => ({ text, version: 'v2', merged: false, notes: [] });
    await work.save();
    rename(work, 'Newer');
    await work.save();
    expect(home.messages).toEqual(['Reviewed', 'Reviewed', '']);
  });
});

describe('saving in another place', () => {
  class OtherHome extends FakeHome {
    override readonly key = 'shop elsewhere';
  }

  test('leaves a draft there that can be undone, and none here', async () => {
    const work = await open();
    rename(work, 'Mine');
    await kept(work);
    const there = new OtherHome();
    await work.saveIn(there, 'Elsewhere');
    expect([there.calls, there.messages]).toEqual([[[textWith('Mine'), 'v1']], ['Elsewhere']]);
    expect([work.title, work.changed]).toEqual(['Shop', false]);
    const drafts = new Drafts(browser);
    expect(await drafts.get('shop')).toBeUndefined();
    const next = await openedAt(there, drafts);
    expect([next.title, next.changed]).toEqual(['Mine', false]);
    next.editor.undo();
    expect(next.title).toBe('Shop');
  });

  test('that fails keeps all here', async () => {
    const work = await open();
    rename(work, 'Mine');
    const there = new OtherHome();
    there.answer = () => {
      throw new Problem(503, 'Service Unavailable', '');
    };
    await expect(work.saveIn(there, '')).rejects.toMatchObject({ status: 503 });
    expect([work.title, work.changed]).toEqual(['Mine', true]);
  });
});
