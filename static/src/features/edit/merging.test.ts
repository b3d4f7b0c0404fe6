import { afterEach, expect, test, vi } from 'vitest';
import { Document } from '../../model/document.ts';
import { History } from '../../model/history.ts';
import { carriedUpon, mergedByServer, type Merge } from './merging.ts';

afterEach(() => vi.restoreAllMocks());

function answer(body: string) {
  return vi.spyOn(window, 'fetch').mockImplementation(async () => new Response(body, { status: 200 }));
}

const THEIRS = '\n{ "n": 1.0 }\n';

test('a merged model is taken as it is written, in the white space of theirs, with the notes', async () => {
  const fetched = answer(
    '{"status":200,"data":{"model":{ "n": 1.00, "conflicts": [7] },"conflicts":[],"conflict_count":0,"notes":["A."]}}',
  );
  expect(await mergedByServer('{"b":1}', '{"o":1}', THEIRS)).toEqual({
    text: '\n{ "n": 1.00, "conflicts": [7] }\n',
    conflicts: [],
    conflictCount: 0,
    notes: ['A.'],
  });
  expect(fetched.mock.calls[0]?.[1]?.body).toBe(`{"base":{"b":1},"ours":{"o":1},"theirs":${THEIRS}}`);
});

test('what collides has no text, and the places', async () => {
  answer(
    JSON.stringify({
      status: 200,
      data: {
        model: null,
        conflicts: [{ subject: {}, field: 'summary/title', pointer: '/summary/title', trouble: 'both_changed' }],
        conflict_count: 1,
        notes: [],
      },
    }),
  );
  const { text, conflicts } = await mergedByServer('{}', '{}', '{}');
  expect([text, conflicts[0]?.place?.path]).toEqual([null, ['summary', 'title']]);
});

type Diagram = Readonly<Record<string, unknown>>;
const model = (...diagrams: Diagram[]) =>
  Document.parse(JSON.stringify({ version: '2.0', summary: { title: 'S' }, detail: { diagrams } }));
const [zero, mine] = [
  { id: 0, title: 'Zero', cells: [] },
  { id: 1, title: 'Mine', cells: [] },
];

test('what is done in a diagram that a merge has renumbered stays in it', async () => {
  const known = model(zero);
  const sent = model(zero, mine);
  const now = model(zero, { ...mine, description: 'mine' });
  const theirs = model(zero, { ...mine, title: 'Theirs' }, { ...mine, id: 2 });
  const asked: string[][] = [];
  const merge: Merge = async (...texts) => {
    asked.push(texts);
    return {
      text: model(zero, { ...mine, title: 'Theirs' }, { ...mine, id: 2, description: 'mine' }).text(),
      conflicts: [],
      conflictCount: 0,
      notes: [],
    };
  };
  const found = await carriedUpon(merge, known, [sent, theirs], () => History.of(now));
  expect(asked).toEqual([
    [
      model(zero, { ...mine, id: 2 }).text(),
      model(zero, { ...mine, id: 2, description: 'mine' }).text(),
      theirs.text(),
    ],
  ]);
  expect(found.document?.diagram(2)?.description).toBe('mine');
  expect([...found.numbers]).toEqual([[1, 2]]);
});

test('what is done while that is asked is merged, too', async () => {
  const [first, second] = [model(zero), model(zero, mine)];
  let now = History.of(first);
  const merge: Merge = async (_, ours, theirs) => {
    const text = ours === first.text() ? theirs : ours;
    now = History.of(second);
    return { text, conflicts: [], conflictCount: 0, notes: ['N'] };
  };
  const start = Document.parse(model().text());
  const found = await carriedUpon(merge, start, [start, first], () => now);
  expect([found.document?.text(), found.notes]).toEqual([second.text(), ['N', 'N']]);
});
