import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Conflict } from '../../api/conflict.ts';
import { Problem } from '../../api/problem.ts';
import { Drafts } from './drafts.ts';
import { FakeHome, openedAt, own, rename, textWith } from './fixture.ts';
import { Work } from './work.svelte.ts';

let browser: IDBFactory;
let home: FakeHome;

beforeEach(() => {
  browser = new IDBFactory();
  home = new FakeHome();
});

const open = (drafts = new Drafts(browser)) => openedAt(home, drafts);

describe('a collision', () => {
  const at = (path: string[]): Conflict => ({
    subject: [],
    field: path.join('/'),
    trouble: 'both_changed',
    place: { diagram: null, cell: null, threat: null, path },
    base: null,
    ours: null,
    theirs: null,
    leftOut: [],
  });
  const [title, owner] = [at(['summary', 'title']), at(['summary', 'owner'])];

  /** Both have changed title and owner; the server takes what says the same as it has. */
  async function collide(): Promise<Work> {
    const work = await open();
    rename(work, 'Mine');
    own(work, 'Me');
    home.there = { text: textWith('Theirs', 'They'), version: 'v5' };
    home.answer = (text) => {
      const isOld = home.calls.at(-1)?.[1] === 'v1';
      if (isOld && text !== home.there.text)
        throw new Problem(409, 'Conflict', '', { conflicts: [title, owner], version: 'v5' });
      return { text, version: 'v6', merged: false, notes: [] };
    };
    await work.save();
    return work;
  }

  test('is settled place by place, and saved once, upon what is there', async () => {
    const work = await collide();
    expect(work.problem?.conflicts).toHaveLength(2);
    expect(await work.settle([title, owner], ['theirs', 'ours'])).toBe(true);
    expect(home.calls.slice(1)).toEqual([[textWith('Theirs', 'Me'), 'v5']]);
    expect([work.editor.document.text(), work.changed, work.problem]).toEqual([textWith('Theirs', 'Me'), false, null]);
    expect(work.news.join()).toMatch(/Merged changes from others/);
  });

  test('that is settled by both has one text after the other', async () => {
    const work = await collide();
    await work.settle([title, owner], ['both', 'theirs']);
    expect(home.calls.at(-1)).toEqual([textWith('Theirs / Mine', 'They'), 'v5']);
  });

  test('that is settled by theirs alone saves nothing', async () => {
    const work = await collide();
    expect(await work.settle([title, owner], ['theirs', 'theirs'])).toBe(true);
    expect(home.calls).toHaveLength(1);
    expect(work.editor.document.text()).toBe(textWith('Theirs', 'They'));
  });

  test('that comes once more is asked anew, and nothing of ours is lost', async () => {
    const work = await collide();
    home.there = { ...home.there, version: 'v7' };
    expect(await work.settle([title, owner], ['ours', 'ours'])).toBe(false);
    expect(home.calls.map(([, base]) => base)).toEqual(['v1', 'v1']);
    expect(work.problem?.conflicts).toHaveLength(2);
    expect(work.editor.document.text()).toBe(textWith('Mine', 'Me'));
  });
});
