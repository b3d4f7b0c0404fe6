import { expect, test } from 'vitest';
import type { Conflict, Place } from '../../api/conflict.ts';
import { Document } from '../../model/document.ts';
import { settled } from './settle.ts';

const threat = (severity: string) => ({ id: 't', number: 1, title: 'A stranger pays', status: 'Open', severity });
const process = (name: string, more: object = {}) => ({
  id: 'shop',
  shape: 'process',
  position: { x: 1, y: 1 },
  attrs: { text: { text: name } },
  data: { name, threats: [threat('High')] },
  ...more,
});
const flow = { id: 'order', shape: 'flow', source: { cell: 'shop' }, target: { x: 1, y: 1 }, data: { name: 'Order' } };

function model(title: string, ...cells: object[]): Document {
  const diagrams = [{ id: 3, title: 'Paying', cells: [{ id: 'first', shape: 'actor' }, ...cells] }];
  return Document.parse(JSON.stringify({ version: '2.0', summary: { title }, detail: { diagrams } }, null, 2));
}

function at(place: Partial<Place>): Conflict {
  const where = { diagram: 3, cell: 'shop', threat: null, path: [], ...place };
  return {
    subject: [],
    field: '',
    trouble: '',
    layout: false,
    place: where,
    base: null,
    ours: null,
    theirs: null,
    leftOut: [],
  };
}

const put = (to: Document, from: Document, place: Partial<Place>) => settled(to, from, [at(place)]).text();

test('a name is taken with what is drawn of it', () => {
  const from = model('A', process('Mine'));
  expect(put(model('A', process('Theirs')), from, { path: ['data', 'name'] })).toBe(from.text());
});

test.each([
  [{ diagram: null, cell: null, path: ['summary', 'title'] }, model('Mine'), model('Theirs')],
  [{ path: ['position'] }, model('A', process('S', { position: { x: 7, y: 8 } })), model('A', process('S'))],
  [{ path: ['angle'] }, model('A', process('S')), model('A', process('S', { angle: 90 }))],
  [
    { path: ['labels', '0', 'position'] },
    model('A', process('S', { labels: [1, 2] })),
    model('A', process('S', { labels: [3] })),
  ],
  [
    { threat: 't', path: ['severity'] },
    model('A', process('S', { data: { name: 'S', threats: [threat('Low')] } })),
    model('A', process('S', { data: { name: 'S', threats: [threat('High')] } })),
  ],
  [{ threat: 't' }, model('A', process('S', { data: { name: 'S', threats: [] } })), model('A', process('S'))],
])('of %o what the source has is taken', (place, from, to) => {
  expect(JSON.parse(put(to, from, place))).toEqual(JSON.parse(from.text()));
});

test('an element comes with the flows that end at it, and goes with them', () => {
  const [with_, without] = [model('A', process('S'), flow), model('A')];
  expect(put(without, with_, {})).toBe(with_.text());
  expect(put(with_, without, {})).toBe(without.text());
  expect(put(model('A', flow), with_, {})).toContain('"name": "S"');
});

test('a threat that is not there any more comes back', () => {
  const gone = model('A', process('S', { data: { name: 'S', threats: [] } }));
  expect(
    JSON.parse(put(gone, model('A', process('S')), { threat: 't' })).detail.diagrams[0].cells[1].data.threats,
  ).toEqual([threat('High')]);
});

test('where the thing is in neither, and where the place is not known, nothing is changed', () => {
  const document = model('A', process('S'));
  expect(put(document, document, { cell: 'none', path: ['angle'] })).toBe(document.text());
  expect(settled(document, model('B'), [{ ...at({}), place: null }])).toBe(document);
});
