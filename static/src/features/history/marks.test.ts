import { expect, test } from 'vitest';
import type { Change } from '../../api/history.ts';
import { Document } from '../../model/document.ts';
import { besideOf, changesIn, firstChanged, marksOf, overlayOf, pairsOf } from './marks.ts';

const MAIN = { id: 0, title: 'Main' };
const cell = (id: string) => ({ id, name: id, kind: 'process' });

function change(id: string, more: Partial<Change> = {}): Change {
  return { subject: { diagram: MAIN, cell: cell(id) }, kind: 'changed', aspect: 'meaning', ...more };
}

interface Drawing {
  id?: number;
  title?: string;
  cells?: readonly string[];
}

function model(...diagrams: readonly Drawing[]): Document {
  const drawn = diagrams.map(({ cells = [], ...rest }) => ({
    ...rest,
    cells: cells.map((id) => ({ id, shape: 'process' })),
  }));
  return Document.parse(JSON.stringify({ version: '2.0', summary: { title: '' }, detail: { diagrams: drawn } }));
}

test('each kind of change has its mark, and what is said counts for more than where it stands', () => {
  const threat = { id: 't', number: 1, title: 'T' };
  const marks = marksOf(
    [
      change('new', { kind: 'added' }),
      change('gone', { kind: 'removed' }),
      change('named'),
      change('moved', { kind: 'moved', aspect: 'layout' }),
      change('both', { kind: 'moved', aspect: 'layout' }),
      change('both'),
      change('both', { aspect: 'layout' }),
      change('worked out', { aspect: 'derived' }),
      change('threatened', { kind: 'added', subject: { diagram: MAIN, cell: cell('threatened'), threat } }),
      change('heir', {
        kind: 'moved',
        subject: { diagram: MAIN, cell: cell('heir'), threat },
        from: { diagram: MAIN, cell: cell('giver') },
      }),
      change('elsewhere', { subject: { diagram: { id: 1, title: 'Main' }, cell: cell('elsewhere') } }),
      { subject: {}, kind: 'changed', aspect: 'meaning' },
    ],
    0,
  );
  expect(Object.fromEntries(marks)).toEqual({
    new: 'added',
    gone: 'removed',
    named: 'changed',
    moved: 'moved',
    both: 'changed',
    threatened: 'changed',
    heir: 'changed',
    giver: 'changed',
  });
});

test('a cell that went to another diagram is gone in one and new in the other', () => {
  const other = { id: 1, title: 'Other' };
  const moved = change('x', { kind: 'moved', subject: { diagram: other, cell: cell('x') }, from: { diagram: MAIN } });
  expect([...marksOf([moved], 0)]).toEqual([['x', 'removed']]);
  expect([...marksOf([moved], 1)]).toEqual([['x', 'added']]);
});

test('without the drawing only what is said is marked', () => {
  const changes = [change('a', { aspect: 'layout' }), change('b')];
  expect([...marksOf(changes, 0, false)]).toEqual([['b', 'changed']]);
});

test('diagrams are paired by their number, else by their title; those that are gone come last', () => {
  const pairs = pairsOf(
    model({ id: 0, title: 'A' }, { id: 7, title: 'Gone' }, { title: 'No number' }, { title: 'Lost' }),
    model({ title: 'No number' }, { id: 3, title: 'New' }, { id: 0, title: 'Renamed' }),
  );
  expect(pairs.map(({ id, title, before, after }) => [id, title, before?.title, after?.title])).toEqual([
    [null, 'No number', 'No number', 'No number'],
    [3, 'New', undefined, 'New'],
    [0, 'Renamed', 'A', 'Renamed'],
    [7, 'Gone', 'Gone', undefined],
    [null, 'Lost', 'Lost', undefined],
  ]);
});

test('one picture has both: what is gone stands behind what is there', () => {
  const [pair] = pairsOf(model({ id: 0, cells: ['a', 'b', 'c'] }), model({ id: 0, cells: ['b', 'c', 'd'] }));
  if (!pair) throw new Error('no pair');
  const changes = [change('a', { kind: 'removed' }), change('b'), change('d', { kind: 'added' })];
  const overlay = overlayOf(pair, changes, true);
  expect(overlay?.ghosts?.cells.map(({ id }) => id)).toEqual(['a']);
  expect(overlay?.counts).toEqual({ added: 1, removed: 1, changed: 1, moved: 0 });
  const beside = overlay ? besideOf(pair, overlay) : [];
  expect(beside.map(({ side, marks }) => [side, marks.get('a')])).toEqual([
    ['before', 'removed'],
    ['after', 'removed'],
  ]);
});

test('of a diagram that is new or gone everything is', () => {
  const [added, gone] = pairsOf(model({ id: 1, cells: ['a', 'b'] }), model({ id: 0, cells: ['c'] }));
  if (!added || !gone) throw new Error('no pairs');
  expect(overlayOf(added, [], true)?.counts).toEqual({ added: 1, removed: 0, changed: 0, moved: 0 });
  expect(overlayOf(gone, [], true)?.counts).toEqual({ added: 0, removed: 2, changed: 0, moved: 0 });
});

test('the first diagram with a difference is shown first', () => {
  const document = model({ id: 0, title: 'Main' }, { id: 1, title: 'Other' });
  const pairs = pairsOf(document, document);
  const other = { diagram: { id: 1, title: 'Other' } };
  const changes = [change('x', { aspect: 'derived' }), change('y', { subject: other }), change('z', { subject: {} })];
  expect(pairs.map((pair) => changesIn(pair, changes))).toEqual([0, 1]);
  expect(firstChanged(pairs, changes)).toBe(1);
  expect(firstChanged(pairs, [])).toBe(0);
});

test('a cell that is renamed and so drawn differently counts once', () => {
  const [pair] = pairsOf(model({ id: 0, cells: ['a', 'b'] }), model({ id: 0, cells: ['a', 'b'] }));
  if (!pair) throw new Error('no pair');
  const drawn: Partial<Change> = { aspect: 'layout' };
  expect(changesIn(pair, [change('a'), change('a', drawn), change('b', drawn)])).toBe(2);
  expect(changesIn(pair, [change('a', { aspect: 'derived' })])).toBe(0);
});

test('hostile ids are only ids, and ten thousand cells are no trouble', () => {
  const ids = [
    '__proto__',
    'constructor',
    '',
    '<script>',
    ...Array.from({ length: 10_000 }, (_, index) => `c${index}`),
  ];
  const [pair] = pairsOf(model({ id: 0, cells: ids }), model({ id: 0, cells: ids.slice(2) }));
  if (!pair) throw new Error('no pair');
  const overlay = overlayOf(
    pair,
    ids.map((id) => change(id, { kind: 'moved', aspect: 'layout' })),
    true,
  );
  expect(overlay?.counts).toEqual({ added: 0, removed: 2, changed: 0, moved: ids.length - 2 });
  expect(overlay?.marks.get('<script>')).toBe('moved');
});
