import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import { Problem } from '../../api/problem.ts';
import { Drafts } from './drafts.ts';
import { choice, collisionAt, FakeHome, openedAt, own, rename, textWith } from './fixture.ts';
import { Work } from './work.svelte.ts';

let browser: IDBFactory;
let home: FakeHome;

beforeEach(() => {
  browser = new IDBFactory();
  home = new FakeHome();
});

const open = (drafts = new Drafts(browser)) => openedAt(home, drafts);

describe('a collision', () => {
  const at = collisionAt;
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
    expect(await work.settle(choice([title, owner], ['theirs', 'ours']))).toBe(true);
    expect(home.calls.slice(1)).toEqual([[textWith('Theirs', 'Me'), 'v5']]);
    expect([work.editor.document.text(), work.changed, work.problem]).toEqual([textWith('Theirs', 'Me'), false, null]);
    expect(work.news.join()).toMatch(/Merged changes from others/);
  });

  test('that is settled by both has one text after the other', async () => {
    const work = await collide();
    await work.settle(choice([title, owner], ['both', 'theirs']));
    expect(home.calls.at(-1)).toEqual([textWith('Theirs / Mine', 'They'), 'v5']);
  });

  test('that is settled by theirs alone saves nothing', async () => {
    const work = await collide();
    expect(await work.settle(choice([title, owner], ['theirs', 'theirs']))).toBe(true);
    expect(home.calls).toHaveLength(1);
    expect(work.editor.document.text()).toBe(textWith('Theirs', 'They'));
  });

  test('that comes once more is asked anew, and nothing of ours is lost', async () => {
    const work = await collide();
    home.there = { ...home.there, version: 'v7' };
    expect(await work.settle(choice([title, owner], ['ours', 'ours']))).toBe(false);
    expect(home.calls.map(([, base]) => base)).toEqual(['v1', 'v1']);
    expect(work.problem?.conflicts).toHaveLength(2);
    expect(work.editor.document.text()).toBe(textWith('Mine', 'Me'));
  });

  test('is asked anew where more has been done here since', async () => {
    const work = await open();
    rename(work, 'Mine');
    home.there = { text: textWith('Theirs', 'They'), version: 'v5' };
    home.answer = () => {
      throw new Problem(409, 'Conflict', '', { conflicts: [title], version: 'v5' });
    };
    await work.save();
    expect(work.isProblemDated).toBe(false);
    own(work, 'Me');
    expect(work.isProblemDated).toBe(true);
    expect(await work.settle(choice([title], ['theirs']))).toBe(false);
    expect(home.calls.map(([text, base]) => [text, base])).toEqual([
      [textWith('Mine'), 'v1'],
      [textWith('Mine', 'Me'), 'v1'],
    ]);
  });

  test('elsewhere than was asked about is asked about, too, and what stays undecidable is not asked for ever', async () => {
    const work = await collide();
    expect(await work.settle(choice([title], ['ours']))).toBe(false);
    expect(work.problem?.conflicts).toEqual([title, owner]);
    expect(home.calls).toHaveLength(1);
    home.merge = async () => ({ text: null, conflicts: [owner], conflictCount: 1, notes: [] });
    expect(await work.settle(choice([title, owner], ['ours', 'ours']))).toBe(false);
    expect([work.problem?.status, work.problem?.conflicts]).toEqual([409, []]);
  });

  test('is settled upon what the server merges of all else', async () => {
    const work = await collide();
    const sent: string[][] = [];
    home.merge = async (...texts) => {
      sent.push(texts);
      return {
        text: textWith('Theirs', 'They').replace('[]', '[{"id":1,"title":"Both"}]'),
        conflicts: [],
        conflictCount: 0,
        notes: [],
      };
    };
    expect(await work.settle(choice([title, owner], ['ours', 'both']))).toBe(true);
    expect(sent[0]).toEqual([textWith('Shop'), textWith('Theirs', 'They'), textWith('Theirs', 'They')]);
    const saved = textWith('Mine', 'They / Me').replace('[]', '[{"id":1,"title":"Both"}]');
    expect(home.calls.at(-1)).toEqual([saved, 'v5']);
  });

  test('that is left for theirs leaves no message behind', async () => {
    const work = await open();
    rename(work, 'New');
    home.answer = () => {
      throw new Problem(409, 'Conflict', '');
    };
    await work.save('Reviewed');
    await work.loadTheirs();
    home.answer = (text) => ({ text, version: 'v6', merged: false, notes: [] });
    rename(work, 'Another');
    await work.save();
    expect(home.messages).toEqual(['Reviewed', '']);
  });
});
