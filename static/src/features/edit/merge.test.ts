import { expect, test } from 'vitest';
import type { Conflict } from '../../api/conflict.ts';
import { Document } from '../../model/document.ts';
import { choice, collisionAt } from './fixture.ts';
import { decided } from './merge.ts';
import type { Merge } from './merging.ts';

interface Shop {
  title?: string;
  contributors?: string[];
  description?: string;
}

function shop({ title = 'Shop', contributors = [], description = '' }: Shop): Document {
  const threats = [{ id: 't', number: 1, description }];
  const cell = { id: 'c', shape: 'process', data: { name: 'Till', threats } };
  const detail = {
    contributors: contributors.map((name) => ({ name })),
    diagrams: [{ id: 0, title: 'D', cells: [cell] }],
  };
  return Document.parse(JSON.stringify({ version: '2.0', summary: { title }, detail }));
}

test('the server merges ours with theirs where both collide, and upon that comes what was chosen', async () => {
  const [base, ours, theirs] = [shop({}), shop({ title: 'Mine', description: 'D' }), shop({ title: 'Theirs' })];
  const merged = shop({ title: 'Theirs', description: 'D', contributors: ['Grace'] });
  let asked: string[] = [];
  const merge: Merge = async (...texts) => {
    asked = texts;
    return { text: merged.text(), conflicts: [], conflictCount: 0, notes: [] };
  };
  const title = collisionAt(['summary', 'title']);
  const by = (side: 'ours' | 'theirs' | 'both') =>
    decided(merge, [base, ours, { text: theirs.text(), version: 'v' }], choice([title], [side]));
  expect(await by('theirs')).toBe(merged.text());
  expect(asked).toEqual([base.text(), shop({ title: 'Theirs', description: 'D' }).text(), theirs.text()]);
  expect(await by('ours')).toBe(shop({ title: 'Mine', description: 'D', contributors: ['Grace'] }).text());
  expect(JSON.parse(await by('both')).summary.title).toBe('Theirs / Mine');
});

test('both of two long texts are two paragraphs, both of two lists all that is in either', async () => {
  const ours = shop({ description: '<b>Mine</b>', contributors: ['Ada', 'Me'] });
  const theirs = shop({ description: 'Theirs', contributors: ['Ada', 'They'] });
  const threat: Conflict = {
    ...collisionAt(['description']),
    place: { diagram: 0, cell: 'c', threat: 't', path: ['description'] },
  };
  const places = [threat, collisionAt(['detail', 'contributors', '1'])];
  const merge: Merge = async (_, __, text) => ({ text, conflicts: [], conflictCount: 0, notes: [] });
  const text = await decided(
    merge,
    [shop({}), ours, { text: theirs.text(), version: 'v' }],
    choice(places, ['both', 'both']),
  );
  const { detail } = JSON.parse(text);
  expect(detail.diagrams[0].cells[0].data.threats[0].description).toBe('Theirs\n\n<b>Mine</b>');
  expect(detail.contributors).toEqual([{ name: 'Ada' }, { name: 'They' }, { name: 'Me' }]);
});

test('what is not listed comes up when the rest is out of the way, and has the side that was chosen for it', async () => {
  const [base, ours, theirs] = [
    shop({}),
    shop({ title: 'Mine', description: 'Mine' }),
    shop({ description: 'Theirs' }),
  ];
  const [title, text] = [
    collisionAt(['summary', 'title']),
    { ...collisionAt(['description']), place: { diagram: 0, cell: 'c', threat: 't', path: ['description'] } },
  ];
  const merge: Merge = async (_, mine) =>
    mine.includes('"description":"Mine"')
      ? { text: null, conflicts: [text], conflictCount: 1, notes: [] }
      : { text: theirs.text(), conflicts: [], conflictCount: 0, notes: [] };
  const by = (rest: 'ours' | 'theirs' | null) =>
    decided(merge, [base, ours, { text: theirs.text(), version: 'v' }], { ...choice([title], ['ours']), rest });
  expect(await by('ours')).toBe(ours.text());
  expect(await by('theirs')).toBe(shop({ title: 'Mine', description: 'Theirs' }).text());
  await expect(by(null)).rejects.toMatchObject({ conflicts: [title, text] });
});
