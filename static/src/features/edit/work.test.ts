import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import { Problem } from '../../api/problem.ts';
import type { Gesture } from '../../editor/editor.svelte.ts';
import { Document } from '../../model/document.ts';
import { Drafts } from './drafts.ts';
import { FakeHome, kept, openedAt, own, rename, textWith } from './fixture.ts';
import { Work } from './work.svelte.ts';

let browser: IDBFactory;
let home: FakeHome;

beforeEach(() => {
  browser = new IDBFactory();
  home = new FakeHome();
});

const open = (drafts = new Drafts(browser)) => openedAt(home, drafts);

describe('saving', () => {
  test('sends what was made and from which version; then it is saved', async () => {
    const work = await open();
    expect(work.standing).toBe('saved');
    rename(work, 'New');
    expect([work.changed, work.standing]).toEqual([true, 'unsaved']);
    const saving = work.save();
    expect(work.standing).toBe('saving');
    expect(await saving).toBe(true);
    expect(work.standing).toBe('saved');
    rename(work, 'Newer');
    await work.save();
    expect(home.calls).toEqual([
      [textWith('New'), 'v1'],
      [textWith('Newer'), 'v2'],
    ]);
  });

  test('of what is as it was read makes no call', async () => {
    const work = await open();
    expect(await work.save()).toBe(true);
    rename(work, 'New');
    rename(work, 'Shop');
    expect(work.standing).toBe('saved');
    await work.save();
    expect(home.calls).toEqual([]);
    expect(work.news.join()).toMatch(/Nothing to save/);
  });

  test('is not called done while the next one has failed', async () => {
    const work = await open();
    rename(work, 'New');
    await work.save();
    expect(work.editor.said.text).toBe('Saved.');
    rename(work, 'Newer');
    home.answer = () => {
      throw new Problem(409, 'Conflict', '');
    };
    await work.save();
    expect([work.problem?.status, work.editor.said.text]).toEqual([409, '']);
  });

  test('can be undone, and the undoing saved', async () => {
    const work = await open();
    rename(work, 'New');
    await work.save();
    work.editor.undo();
    expect(work.changed).toBe(true);
    await work.save();
    expect(home.calls.at(-1)).toEqual([textWith('Shop'), 'v2']);
  });

  test('leaves what is done meanwhile for the next', async () => {
    const work = await open();
    rename(work, 'New');
    home.meanwhile = () => rename(work, 'Newer');
    expect(await work.save()).toBe(false);
    expect(work.changed).toBe(true);
    home.meanwhile = () => {};
    await work.save();
    expect(home.calls.at(-1)).toEqual([textWith('Newer'), 'v2']);
  });

  test('twice at once is once', async () => {
    const work = await open();
    rename(work, 'New');
    await Promise.all([work.save(), work.save()]);
    expect(home.calls).toHaveLength(1);
  });

  test('that the person leaves changes nothing', async () => {
    const work = await open();
    rename(work, 'New');
    home.answer = () => null;
    expect(await work.save()).toBe(false);
    expect([work.changed, work.problem]).toEqual([true, null]);
  });
});

describe('a save that is merged', () => {
  beforeEach(() => {
    home.answer = () => ({ text: textWith('New', 'Grace'), version: 'v3', merged: true, notes: ['A note.'] });
  });

  test('shows the merged model, from where one goes on', async () => {
    const work = await open();
    rename(work, 'New');
    expect(await work.save()).toBe(true);
    expect(work.editor.document.text()).toBe(textWith('New', 'Grace'));
    expect(work.editor.history.undoable).toBeUndefined();
    expect(work.news).toEqual([expect.stringMatching(/Merged changes from others/), 'A note.']);
    rename(work, 'Newer');
    await work.save();
    expect(home.calls.at(-1)).toEqual([textWith('Newer', 'Grace'), 'v3']);
  });

  test('is merged with what was done meanwhile, which can still be undone', async () => {
    const work = await open();
    rename(work, 'New');
    home.meanwhile = () => own(work, 'Ada');
    home.answer = () => ({ text: textWith('New').replace('2.0', '2.1'), version: 'v3', merged: true, notes: [] });
    expect(await work.save()).toBe(false);
    expect(work.editor.document.text()).toBe(textWith('New', 'Ada').replace('2.0', '2.1'));
    expect(work.editor.history.steps.map(({ name }) => name)).toEqual(['Set the owner']);
    home.meanwhile = () => {};
    home.answer = (text) => ({ text, version: 'v4', merged: false, notes: [] });
    await work.save();
    expect(home.calls.at(-1)).toEqual([textWith('New', 'Ada').replace('2.0', '2.1'), 'v3']);
  });

  test('takes nothing from others that was changed here meanwhile: the next save is made from the old version', async () => {
    const work = await open();
    rename(work, 'New');
    home.meanwhile = () => own(work, 'Ada');
    expect(await work.save()).toBe(false);
    expect(work.editor.document.text()).toBe(textWith('New', 'Ada'));
    expect([work.version, work.changed, work.arrival]).toEqual(['v1', true, null]);
    expect(work.news).toEqual([expect.stringMatching(/when you save, you are asked/), 'A note.']);
    home.meanwhile = () => {};
    await work.save();
    expect(home.calls.at(-1)).toEqual([textWith('New', 'Ada'), 'v1']);
  });

  test('that cannot be merged with what was done meanwhile keeps that, and says so', async () => {
    const work = await open();
    rename(work, 'New');
    home.meanwhile = () => own(work, 'Ada');
    home.merge = () => Promise.reject(new Problem(0, 'The server cannot be reached', ''));
    expect(await work.save()).toBe(false);
    expect([work.problem?.title, work.version, work.editor.document.text()]).toEqual([
      expect.stringMatching(/^Saved, but/),
      'v1',
      textWith('New', 'Ada'),
    ]);
  });

  test('takes back what was undone meanwhile in what was merged, too', async () => {
    const work = await open();
    own(work, 'Ada');
    rename(work, 'New');
    home.meanwhile = () => work.editor.undo();
    home.answer = () => ({
      text: textWith('New', 'Ada').replace('2.0', '2.1'),
      version: 'v3',
      merged: true,
      notes: [],
    });
    expect(await work.save()).toBe(false);
    expect(work.editor.document.text()).toBe(textWith('Shop', 'Ada').replace('2.0', '2.1'));
    home.meanwhile = () => {};
    home.answer = (text) => ({ text, version: 'v4', merged: false, notes: [] });
    await work.save();
    expect(home.calls.at(-1)).toEqual([textWith('Shop', 'Ada').replace('2.0', '2.1'), 'v3']);
  });

  test('that cannot be read says that it is saved, and saves from the same version next time', async () => {
    const work = await open();
    rename(work, 'New');
    home.answer = () => ({ text: '{', version: 'v3', merged: true, notes: [] });
    expect(await work.save()).toBe(false);
    expect(work.problem?.title).toMatch(/^Saved, but/);
    expect(work.editor.document.title).toBe('New');
    home.answer = () => ({ text: textWith('New', 'Grace'), version: 'v4', merged: true, notes: [] });
    expect(await work.save()).toBe(true);
    expect(home.calls.at(-1)).toEqual([textWith('New'), 'v1']);
  });

  test('ends a gesture that is under way with what it has done', async () => {
    const work = await open();
    rename(work, 'New');
    let gesture: Gesture | undefined;
    home.meanwhile = () => {
      gesture = work.editor.begin('Drag');
      gesture.update([{ type: 'setSummaryField', key: 'owner', value: 'Ada' }]);
    };
    home.answer = () => ({ text: textWith('New').replace('2.0', '2.1'), version: 'v3', merged: true, notes: [] });
    await work.save();
    expect(gesture?.update([])).toBe(false);
    gesture?.finish();
    expect(work.editor.busy).toBe(false);
    expect(work.editor.document.text()).toBe(textWith('New', 'Ada').replace('2.0', '2.1'));
  });
});

describe('a save that fails', () => {
  const fail = (problem: Problem) => {
    home.answer = () => {
      throw problem;
    };
  };

  test('keeps everything, says why, and can be tried again', async () => {
    const work = await open();
    rename(work, 'New');
    fail(new Problem(0, 'The server cannot be reached', ''));
    expect(await work.save()).toBe(false);
    expect(work.problem?.status).toBe(0);
    await kept(work);
    home.answer = (text) => ({ text, version: 'v2', merged: false, notes: [] });
    expect(await work.save()).toBe(true);
    expect([work.problem, home.calls.at(-1)]).toEqual([null, [textWith('New'), 'v1']]);
  });

  test('because one may not save there is not tried again', async () => {
    const work = await open();
    rename(work, 'New');
    fail(new Problem(403, 'Forbidden', '', { code: 'branch_protected' }));
    await work.save();
    expect(work.refusal).toEqual({ why: 'protected' });
    await work.save();
    expect(home.calls).toHaveLength(1);
    rename(work, 'Newer');
    await kept(work);
  });

  test('by a conflict leaves the choice: theirs are loaded only when asked for', async () => {
    const work = await open();
    rename(work, 'New');
    fail(new Problem(409, 'Conflict', ''));
    await work.save();
    expect(work.editor.document.title).toBe('New');
    home.there = { text: textWith('Theirs'), version: 'v9' };
    await work.loadTheirs();
    expect([work.editor.document.title, work.changed, work.problem]).toEqual(['Theirs', false, null]);
    home.answer = (text) => ({ text, version: 'v10', merged: false, notes: [] });
    rename(work, 'Mine');
    await work.save();
    expect(home.calls.at(-1)).toEqual([textWith('Mine'), 'v9']);
  });
});

describe('discarding', () => {
  test('brings back what is saved, and takes the draft away', async () => {
    const work = await open();
    rename(work, 'New');
    await kept(work);
    rename(work, 'Newer');
    await work.discard();
    expect([work.editor.document.text(), work.changed]).toEqual([textWith('Shop'), false]);
    work.keep();
    expect(await new Drafts(browser).get('shop')).toBeUndefined();
  });

  test('of a model that was never saved leaves nothing', async () => {
    home.there = { text: '', version: '' };
    const document = Document.parse(textWith('New'));
    const work = new Work(home, home.there, document, new Drafts(browser), {
      newId: () => 'x',
      now: () => 0,
      merge: home.merge,
    });
    expect([work.isNew, work.isGone]).toEqual([true, false]);
    await work.discard();
    expect(work.isGone).toBe(true);
  });
});

test('a save says which commit it is in', async () => {
  const work = await open();
  expect(work.commit).toBe('');
  rename(work, 'New');
  home.answer = (text) => ({ text, version: 'v2', merged: false, notes: [], commit: 'c0ffee' });
  await work.save();
  expect(work.commit).toBe('c0ffee');
});

describe('loading what is saved there', () => {
  test('waits for a save and a gesture, and drops nothing that is done meanwhile', async () => {
    const work = await open();
    rename(work, 'New');
    const gesture = work.editor.begin('Drag');
    await work.loadTheirs();
    gesture.cancel();
    const saving = work.save();
    await work.loadTheirs();
    await saving;
    expect(work.editor.document.title).toBe('New');
    const loading = work.loadTheirs();
    expect(work.saving).toBe(true);
    rename(work, 'Newer');
    await loading;
    expect([work.editor.document.title, work.saving]).toEqual(['Newer', false]);
    expect(work.news.join()).toMatch(/Nothing was loaded/);
  });
});
