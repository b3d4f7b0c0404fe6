import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Conflict } from '../../api/conflict.ts';
import { Problem } from '../../api/problem.ts';
import { Drafts } from './drafts.ts';
import { FakeHome, kept, openedAt, own, rename, textWith } from './fixture.ts';

class OtherHome extends FakeHome {
  override readonly key = 'elsewhere';
}

const TITLE: Conflict = {
  subject: [],
  field: 'summary/title',
  trouble: 'both_changed',
  layout: false,
  place: { diagram: null, cell: null, threat: null, path: ['summary', 'title'] },
  base: null,
  ours: null,
  theirs: null,
  leftOut: [],
};

let browser: IDBFactory;
let home: FakeHome;
let there: OtherHome;

beforeEach(() => {
  browser = new IDBFactory();
  home = new FakeHome();
  there = new OtherHome();
});

const open = (drafts = new Drafts(browser)) => openedAt(home, drafts);

describe('saving in another place', () => {
  test('takes along what is done meanwhile', async () => {
    const work = await open();
    rename(work, 'Mine');
    there.meanwhile = () => own(work, 'Late');
    const moving = work.saveIn(there, '');
    expect(work.saving).toBe(true);
    await moving;
    expect(work.saving).toBe(false);
    const next = await openedAt(there, new Drafts(browser));
    expect([next.editor.document.text(), next.changed]).toEqual([textWith('Mine', 'Late'), true]);
    next.editor.undo();
    expect(next.changed).toBe(false);
  });

  test('that merges leaves what is done meanwhile to be saved upon it', async () => {
    const work = await open();
    rename(work, 'Mine');
    there.meanwhile = () => own(work, 'Late');
    there.answer = () => ({ text: textWith('Mine') + ' ', version: 'v5', merged: true, notes: [] });
    await work.saveIn(there, '');
    const next = await openedAt(there, new Drafts(browser));
    expect(next.stale?.text).toBe(textWith('Mine', 'Late'));
  });

  test('that collides is decided about there', async () => {
    const work = await open();
    rename(work, 'Mine');
    there.there = { text: textWith('Theirs'), version: 'v5' };
    there.answer = () => {
      throw new Problem(409, '', '', { conflicts: [TITLE], version: 'v5' });
    };
    await work.saveIn(there, '');
    expect([work.title, work.changed]).toEqual(['Shop', false]);
    const next = await openedAt(there, new Drafts(browser));
    next.continueDraft();
    expect(next.title).toBe('Mine');
    await next.save();
    expect(there.calls.at(-1)).toEqual([textWith('Mine'), 'v1']);
    expect(next.problem?.conflicts).toEqual([TITLE]);
  });

  test('that collides and cannot be decided about is saved whole there: it is a way out', async () => {
    const work = await open();
    rename(work, 'Mine');
    there.there = { text: textWith('Theirs'), version: 'v5' };
    there.answer = (text) => {
      if (there.calls.at(-1)?.[1] !== 'v5') {
        throw new Problem(409, '', '', { conflicts: [{ ...TITLE, place: null }], version: 'v5' });
      }
      return { text, version: 'v6', merged: false, notes: [] };
    };
    expect(await work.saveIn(there, '')).toBe(true);
    expect(there.calls).toEqual([
      [textWith('Mine'), 'v1'],
      [textWith('Mine'), 'v5'],
    ]);
    expect([work.title, work.changed]).toEqual(['Shop', false]);
    const next = await openedAt(there, new Drafts(browser));
    expect([next.title, next.changed, next.version]).toEqual(['Mine', false, 'v6']);
  });

  test('that collides stays here where no draft can be kept there', async () => {
    const work = await open(new Drafts(undefined));
    rename(work, 'Mine');
    there.answer = () => {
      throw new Problem(409, '', '', { conflicts: [TITLE], version: 'v5' });
    };
    await expect(work.saveIn(there, '')).rejects.toBeInstanceOf(Problem);
    expect([work.title, work.changed]).toEqual(['Mine', true]);
  });

  test('writes over no draft that is there', async () => {
    const drafts = new Drafts(browser);
    const work = await open(drafts);
    rename(work, 'Mine');
    await kept(work);
    const draft = (await drafts.get('shop'))!;
    await drafts.put({ ...draft, key: 'elsewhere', text: textWith('Precious') });
    await expect(work.saveIn(there, '')).rejects.toThrow(/unsaved draft/);
    expect(there.calls).toEqual([]);
    expect([work.title, work.changed]).toEqual(['Mine', true]);
    expect((await new Drafts(browser).get('elsewhere'))?.text).toBe(textWith('Precious'));
  });
});

describe('what was said about a save that came to nothing', () => {
  const refuse = () => {
    throw new Problem(409, 'Conflict', '');
  };

  test.each([
    ['loading theirs', 'loadTheirs'],
    ['discarding', 'discard'],
  ] as const)('is not said of another after %s', async (_, way) => {
    const work = await open();
    rename(work, 'New');
    home.answer = refuse;
    await work.save('Reviewed by X');
    await work[way]();
    home.answer = (text) => ({ text, version: 'v6', merged: false, notes: [] });
    rename(work, 'Something else');
    await work.save();
    expect(home.messages).toEqual(['Reviewed by X', '']);
  });
});

describe('saving that is refused', () => {
  test('for good says why each time', async () => {
    const work = await open();
    work.refusal = { why: 'protected' };
    rename(work, 'Mine');
    expect(await work.save()).toBe(false);
    expect(work.news).toEqual([expect.stringMatching(/protected/)]);
    expect(home.calls).toEqual([]);
  });

  test('once can be tried again', async () => {
    const work = await open();
    rename(work, 'Mine');
    home.answer = () => {
      throw new Problem(403, '', 'rate', { code: 'forbidden' });
    };
    expect(await work.save()).toBe(false);
    expect(work.refusal).toBeNull();
    home.answer = (text) => ({ text, version: 'v4', merged: false, notes: [] });
    expect(await work.save()).toBe(true);
  });
});

describe('a title that was taken away', () => {
  test('is asked for before saving, and the draft keeps the rest', async () => {
    const work = await open();
    own(work, 'Me');
    rename(work, ' ');
    expect(await work.save()).toBe(false);
    expect([home.calls, work.untitled, work.news]).toEqual([[], 1, [expect.stringMatching(/needs a title/)]]);
    await kept(work);
    rename(work, 'Again');
    expect(await work.save()).toBe(true);
    expect(home.calls).toEqual([[textWith('Again', 'Me'), 'v1']]);
  });

  test('is not missed in a model that never had one', async () => {
    home.there = { text: textWith(''), version: 'v1' };
    const work = await open();
    own(work, 'Me');
    expect(await work.save()).toBe(true);
  });
});

describe('what is typed and not entered yet', () => {
  test('is saved too', async () => {
    const work = await open();
    const end = work.editor.entering(() => rename(work, 'Typed'));
    await work.save();
    expect(home.calls).toEqual([[textWith('Typed'), 'v1']]);
    end();
  });

  test('is in the draft when the page goes', async () => {
    const work = await open();
    work.editor.entering(() => own(work, 'Typed'));
    work.flush();
    await expect.poll(async () => (await new Drafts(browser).get('shop'))?.text).toBe(textWith('Shop', 'Typed'));
  });
});
