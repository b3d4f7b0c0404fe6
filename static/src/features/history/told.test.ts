import { expect, test } from 'vitest';
import type { Change } from '../../api/history.ts';
import { countOf, groupsOf, type Line } from './told.ts';

const MAIN = { id: 0, title: 'Main' };
const API = { id: 'api', name: 'API', kind: 'process' };
const SPOOF = { id: 't', number: 3, title: 'Spoofed' };
const ALL = { layout: true, derived: true };

function change(more: Partial<Change>): Change {
  return { subject: { diagram: MAIN, cell: API }, kind: 'changed', aspect: 'meaning', ...more };
}

const told = (changes: readonly Change[], telling = ALL) =>
  groupsOf(changes, telling).map(({ diagram, things }) => [
    diagram?.title ?? null,
    ...things.map(({ subject, lines }) => [subject.cell?.id ?? null, ...lines.map(lineWords)]),
  ]);

function lineWords({ deed, field, change: { subject } }: Line) {
  return [deed, subject.threat?.number, field?.path].filter((part) => part !== undefined).join(' ');
}

test('what is told of an element stands together with what is told of its threats', () => {
  const changes = [
    change({ subject: { diagram: MAIN }, fields: [{ path: 'title', before: 'Old', after: 'Main' }] }),
    change({ fields: [{ path: 'data/name' }, { path: 'data/protocol' }] }),
    change({
      subject: { diagram: MAIN, cell: { ...API, id: 'db' } },
      kind: 'added',
      contents: { cells: 0, threats: 1 },
    }),
    change({ subject: { diagram: MAIN, cell: API, threat: SPOOF }, fields: [{ path: 'severity' }] }),
    change({ kind: 'moved', aspect: 'layout', fields: [{ path: 'position' }] }),
    change({ subject: {}, fields: [{ path: 'summary/owner' }] }),
  ];
  expect(told(changes)).toEqual([
    [
      'Main',
      [null, 'changed title'],
      ['api', 'changed data/name', 'changed data/protocol', 'changed 3 severity', 'moved'],
      ['db', 'added'],
    ],
    [null, [null, 'changed summary/owner']],
  ]);
});

test('layout and what is worked out are told only where that is wanted', () => {
  const changes = [
    change({ aspect: 'layout', fields: [{ path: 'size' }] }),
    change({ aspect: 'derived', fields: [{ path: 'data/hasOpenThreats' }] }),
  ];
  expect(told(changes, { layout: true, derived: false })).toEqual([['Main', ['api', 'moved']]]);
  expect(told(changes, { layout: false, derived: true })).toEqual([['Main', ['api', 'changed']]]);
  expect(told(changes, { layout: false, derived: false })).toEqual([]);
  expect(countOf(changes, 'layout')).toBe(1);
});

test('of another kind the type that only follows is not told', () => {
  const fields = [{ path: 'data/type' }, { path: 'shape' }];
  expect(told([change({ kind: 'retyped', fields })])).toEqual([['Main', ['api', 'changed shape']]]);
});

test('contributors come and go', () => {
  const fields = [
    { path: 'detail/contributors/1', after: { name: 'Ada' } },
    { path: 'detail/contributors/2', before: { name: 'Bob' } },
    { path: 'detail/contributors/0/name', before: 'C', after: 'D' },
  ];
  const lines = groupsOf([change({ subject: {}, fields })], ALL)[0]?.things[0]?.lines;
  expect(lines?.map(({ deed }) => deed)).toEqual(['added', 'removed', 'changed']);
});

test('a threat that is gone leaves its element there; an element that is gone is not', () => {
  const gone = change({ subject: { diagram: MAIN, cell: { ...API, id: 'db' } }, kind: 'removed' });
  const bare = change({ subject: { diagram: MAIN, cell: API, threat: SPOOF }, kind: 'removed' });
  expect(groupsOf([bare, gone], ALL)[0]?.things.map(({ isThere }) => isThere)).toEqual([true, false]);
});

test('strangers’ ids and titles that look alike stay apart, and ten thousand changes are no trouble', () => {
  const named = (id: number | null, title: string, cell: string) =>
    change({ subject: { diagram: { id, title }, cell: { id: cell, name: '__proto__', kind: 'x' } } });
  const odd = [named(0, 'x', 'null'), named(null, 'x', '__proto__'), named(0, 'x', 'constructor'), named(0, 'X', '')];
  expect(told(odd)).toEqual([
    ['x', ['null', 'changed'], ['constructor', 'changed']],
    ['x', ['__proto__', 'changed']],
    ['X', ['', 'changed']],
  ]);
  const many = Array.from({ length: 10_000 }, (_, index) => named(index % 7, '<script>', `c${index}`));
  const things = groupsOf(many, ALL).flatMap((group) => group.things);
  expect(things.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual(many.map((_, index) => index));
});
