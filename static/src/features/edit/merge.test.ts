import { expect, test } from 'vitest';
import type { Conflict } from '../../api/conflict.ts';
import { Document } from '../../model/document.ts';
import { mergedBy, numbered } from './merge.ts';

interface Shop {
  title?: string;
  owner?: string;
  contributors?: string[];
  threats?: [id: string, number: number, description?: string][];
  top?: number;
}

function shop({ title = 'Shop', owner = 'Ada', contributors = [], threats = [], top = 0 }: Shop): Document {
  const cell = {
    id: 'c',
    shape: 'process',
    data: {
      name: 'Till',
      threats: threats.map(([id, number, description = '']) => ({ id, number, description })),
    },
  };
  const detail = {
    contributors: contributors.map((name) => ({ name })),
    threatTop: top,
    diagrams: [{ id: 0, title: 'D', cells: [cell] }],
  };
  return Document.parse(JSON.stringify({ version: '2.0', summary: { title, owner }, detail }));
}

const conflict = (field: string, place: Partial<Conflict['place'] & object>): Conflict => ({
  subject: [],
  field,
  trouble: 'both_changed',
  place: { diagram: null, cell: null, threat: null, path: field.split('/'), ...place },
  base: null,
  ours: null,
  theirs: null,
  leftOut: [],
});

const json = (document: Document) => JSON.parse(document.text());
const threatsOf = (document: Document) => document.diagrams[0]?.cells[0]?.threats.map(({ id, number }) => [id, number]);

test('at each place the chosen side counts, and what only one has changed arrives', () => {
  const [base, ours, theirs] = [
    shop({}),
    shop({ title: 'Mine', owner: 'Me' }),
    shop({ title: 'Theirs', contributors: ['Grace'] }),
  ];
  const places = [conflict('summary/title', {})];
  const merged = (side: 'ours' | 'theirs' | 'both') => json(mergedBy([base, ours, theirs], places, [side]));
  expect(merged('ours').summary).toEqual({ title: 'Mine', owner: 'Me' });
  expect(merged('theirs').summary).toEqual({ title: 'Theirs', owner: 'Me' });
  expect(merged('both').summary.title).toBe('Theirs / Mine');
  expect(merged('ours').detail.contributors).toEqual([{ name: 'Grace' }]);
});

test('both of two long texts are two paragraphs, both of two lists all that is in either', () => {
  const base = shop({ threats: [['t', 1, 'Before']], top: 1 });
  const ours = shop({ threats: [['t', 1, '<b>Mine</b>']], contributors: ['Ada', 'Me'], top: 1 });
  const theirs = shop({ threats: [['t', 1, 'Theirs']], contributors: ['Ada', 'They'], top: 1 });
  const places = [
    conflict('description', { diagram: 0, cell: 'c', threat: 't' }),
    conflict('detail/contributors/1', {}),
  ];
  const { detail } = json(mergedBy([base, ours, theirs], places, ['both', 'both']));
  expect(detail.diagrams[0].cells[0].data.threats[0].description).toBe('Theirs\n\n<b>Mine</b>');
  expect(detail.contributors).toEqual([{ name: 'Ada' }, { name: 'They' }, { name: 'Me' }]);
});

test('a new threat of ours gives way where its number is taken', () => {
  const base = shop({ threats: [['a', 1]], top: 1 });
  const ours = shop({
    threats: [
      ['a', 1],
      ['mine', 2],
    ],
    top: 2,
  });
  const theirs = shop({
    threats: [
      ['a', 1],
      ['theirs', 2],
      ['more', 3],
    ],
    top: 3,
  });
  const merged = mergedBy([base, ours, theirs], [], []);
  expect(threatsOf(merged)).toEqual([
    ['a', 1],
    ['theirs', 2],
    ['more', 3],
    ['mine', 4],
  ]);
  expect(json(merged).detail.threatTop).toBe(4);
});

test('numbers that nobody else has stay, and the highest that was given is not forgotten', () => {
  const theirs = shop({ threats: [['a', 1]], top: 9 });
  const kept = numbered(
    shop({
      threats: [
        ['a', 1],
        ['mine', 2],
      ],
      top: 2,
    }),
    theirs,
  );
  expect(threatsOf(kept)).toEqual([
    ['a', 1],
    ['mine', 2],
  ]);
  expect(json(kept).detail.threatTop).toBe(9);
  expect(numbered(theirs, theirs)).toBe(theirs);
});
