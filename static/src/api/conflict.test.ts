import { expect, test } from 'vitest';
import { Problem } from './problem.ts';

const answer = (body: unknown) => Problem.from(new Response(JSON.stringify(body), { status: 409 }));

const CELL = { diagram: { id: 0, title: 'Paying' }, cell: { id: 'shop', name: '', kind: 'process' } };

test('a conflict says what it is about, where, and the three values', async () => {
  const told = {
    subject: { ...CELL, threat: { id: 't', title: 'A stranger pays' } },
    field: 'severity',
    pointer: '/detail/diagrams/1/cells/4/data/threats/0/severity',
    trouble: 'both_changed',
    layout: true,
    base: 'High',
    ours: 'Low',
    theirs: null,
    left_out: ['theirs'],
  };
  const { conflicts, conflictCount } = await answer({ code: 'conflict', conflict_count: 120, conflicts: [told] });
  expect(conflictCount).toBe(120);
  expect(conflicts).toEqual([
    {
      subject: ['Paying', 'process', 'A stranger pays'],
      field: 'severity',
      trouble: 'both_changed',
      layout: true,
      place: { diagram: 0, cell: 'shop', threat: 't', path: ['severity'] },
      base: 'High',
      ours: 'Low',
      theirs: null,
      leftOut: ['theirs'],
    },
  ]);
});

test.each([
  [CELL, '/detail/diagrams/0/cells/1', []],
  [CELL, '/detail/diagrams/0/cells/1/data/a~1b~0c', ['data', 'a/b~c']],
  [{ diagram: CELL.diagram }, '/detail/diagrams/0/title', ['title']],
  [{}, '/summary/title', ['summary', 'title']],
])('its path is what the pointer says behind %o', async (subject, pointer, path) => {
  const { conflicts } = await answer({ conflicts: [{ subject, pointer }] });
  expect(conflicts[0]?.place?.path).toEqual(path);
});

test.each([
  [{}, ''],
  [{ diagram: { id: null, title: 'x' } }, '/detail/diagrams/0/title'],
  [{ ...CELL, threat: { id: '', title: 'x' } }, '/detail/diagrams/0/cells/1/data/threats/0/title'],
  [CELL, '/detail/diagrams/0/cells/1/data/cut…'],
])('of %o at %s the place is not known', async (subject, pointer) => {
  const { conflicts } = await answer({ conflicts: [{ subject, pointer }] });
  expect(conflicts[0]?.place).toBeNull();
});

test('whatever shape conflicts have, they are read', async () => {
  const { conflicts } = await answer({
    conflicts: [{ subject: {} }, null, 'x', { subject: { threat: { title: 7 } } }],
  });
  expect(conflicts.map(({ subject, place }) => [subject, place])).toEqual(Array.from({ length: 4 }, () => [[], null]));
  for (const odd of [{ conflicts: {} }, {}, null]) {
    expect(await answer(odd)).toMatchObject({ conflicts: [], conflictCount: 0 });
  }
});
