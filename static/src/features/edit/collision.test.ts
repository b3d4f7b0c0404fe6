import { expect, test } from 'vitest';
import type { Conflict } from '../../api/conflict.ts';
import { Problem } from '../../api/problem.ts';
import { canBeSettled, drawingOf, together, valueOf, whereOf } from './collision.ts';
import { troubleOf } from './trouble.ts';

const conflict = (more: Partial<Conflict>): Conflict => ({
  subject: ['Paying', 'Shop'],
  field: 'data/name',
  trouble: 'both_changed',
  layout: false,
  place: { diagram: 0, cell: 'shop', threat: null, path: ['data', 'name'] },
  base: 'Shop',
  ours: 'Mine',
  theirs: null,
  leftOut: [],
  ...more,
});

test.each([
  [{}, 'Paying › Shop › Name'],
  [{ field: 'data/reasonOutOfScope' }, 'Paying › Shop › Reason out of scope'],
  [{ field: '', trouble: 'needed_by_us' }, 'Paying › Shop: they have deleted it, you have drawn a flow to it'],
  [{ subject: [], field: 'summary/owner', trouble: 'constructor' }, 'The model › Owner'],
])('of %o the place is told in words', (more, words) => {
  expect(whereOf(conflict(more))).toBe(words);
});

test.each([
  [{}, 'Mine'],
  [{ ours: null }, 'nothing'],
  [{ ours: '' }, 'empty'],
  [{ ours: false }, 'no'],
  [{ ours: 0 }, '0'],
  [{ ours: { x: 1, y: 2.5 } }, 'x 1, y 2.5'],
  [{ ours: [{ x: 1 }] }, '[{"x":1}]'],
  [{ ours: null, leftOut: ['ours'] }, 'too long to be shown'],
  [{ field: '', ours: null }, 'deleted'],
  [{ field: '', ours: { id: 'shop' } }, 'there'],
])('of %o the value is told in words', (more, words) => {
  expect(valueOf(conflict(more), 'ours')).toBe(words);
});

test('a collision is settled place by place only when each place that is listed is known', () => {
  const problem = (conflicts: Conflict[], conflictCount = conflicts.length) =>
    new Problem(409, 'Conflict', 'They collide.', { conflicts, conflictCount });
  expect(canBeSettled(problem([conflict({})]))).toBe(true);
  expect(canBeSettled(problem([conflict({}), conflict({ place: null })]))).toBe(false);
  expect(canBeSettled(problem([conflict({})], 2))).toBe(true);
  expect(canBeSettled(problem([]))).toBe(false);
  expect(troubleOf(problem([conflict({})]), true).sentences.join(' ')).not.toContain('They collide.');
  expect(troubleOf(problem([]), true).sentences.join(' ')).toContain('They collide.');
});

test('how a diagram is drawn is decided at once, all else place by place', () => {
  const name = conflict({});
  const [moved, sized] = ['position', 'size'].map((field) => conflict({ field, layout: true }));
  const elsewhere = conflict({ layout: true, place: { diagram: 1, cell: 'shop', threat: null, path: ['position'] } });
  if (!moved || !sized) throw new Error('there are two');
  expect(together([moved, name, elsewhere, sized])).toEqual([[moved, sized], [name], [elsewhere]]);
  expect(drawingOf([moved, sized])).toBe('Paying: how it is drawn, in 2 places');
});
