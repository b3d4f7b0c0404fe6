import { expect, test } from 'vitest';
import { applyAll } from '../../model/apply/apply.ts';
import { Document } from '../../model/document.ts';
import type { Operation } from '../../model/operation.ts';
import { carried, collide } from './carry.ts';

const TEXT = `{
  "version": "2.0",
  "summary": { "title": "Shop", "owner": "Ada" },
  "detail": {
    "diagrams": [
      {
        "id": 0,
        "title": "D",
        "cells": [
          { "id": "a", "shape": "actor", "zIndex": 1.0, "data": { "name": "A" } },
          { "id": "a", "shape": "actor", "data": { "name": "A too" } },
          { "id": "b", "shape": "store", "data": { "name": "B" } },
          { "id": "f", "shape": "flow", "source": { "cell": "a" }, "target": { "cell": "b" }, "vertices": [{ "x": 1, "y": 2 }] }
        ]
      }
    ]
  }
}
`;
const start = Document.parse(TEXT);

const on = (cell: string) => ({ diagram: 0, cell });
const done = (document: Document, ...operations: Operation[]) => applyAll(document, operations);
const name = (cell: string, to: string): Operation => ({ type: 'setCellField', ...on(cell), key: 'name', value: to });
const title: Operation = { type: 'setSummaryField', key: 'title', value: 'Store' };

test('what is taken back comes back, and what the others did stays', () => {
  const sent = done(start, { type: 'removeCell', ...on('b') }, name('a', 'New'));
  const merged = done(sent, title, { type: 'addCell', diagram: 0, cell: { id: 'c', shape: 'actor' } });
  const text = carried(sent, start, merged).text();
  const ids = Document.parse(text)
    .diagram(0)
    ?.cells.map(({ id }) => id);
  expect(ids).toEqual(['a', 'a', 'f', 'c', 'b']);
  expect(text).toContain('"title": "Store"');
  expect(text).toContain('"zIndex": 1.0, "data": { "name": "A" }');
});

test('what was added and is taken back goes, unless the others have worked on it', () => {
  const sent = done(start, { type: 'addCell', diagram: 0, cell: { id: 'c', shape: 'actor' } });
  expect(carried(sent, start, done(sent, title)).text()).toBe(done(start, title).text());
  const touched = done(sent, name('c', 'Used'));
  expect(carried(sent, start, touched).diagram(0)?.cell('c')?.name).toBe('Used');
});

test('where both have changed the same, it is as it is here; of lists without ids too', () => {
  const vertices = (x: number): Operation => ({
    type: 'setVertices',
    ...on('f'),
    vertices: [
      { x, y: 2 },
      { x, y: 3 },
    ],
  });
  const [here, there] = [
    done(start, name('b', 'Here'), vertices(5)),
    done(start, name('b', 'There'), vertices(9), title),
  ];
  expect(carried(start, here, there).text()).toBe(done(here, title).text());
});

test('twins stay apart', () => {
  const [here, there] = [done(start, name('a', 'First')), done(start, title)];
  expect(carried(start, here, there).text()).toBe(done(start, name('a', 'First'), title).text());
});

test('nothing changed here leaves all there as it is', () => {
  const there = done(start, title);
  expect(carried(start, start, there)).toBe(there);
});

test('two collide where both have made something else of the same', () => {
  const [named, other] = [done(start, name('b', 'Here')), done(start, name('b', 'There'))];
  const without = done(start, { type: 'removeCell', ...on('b') });
  expect(collide(start, named, other)).toBe(true);
  expect(collide(start, named, without)).toBe(true);
  expect(collide(start, named, done(start, title, name('a', 'A there')))).toBe(false);
  expect(collide(start, named, named)).toBe(false);
  expect(collide(start, start, other)).toBe(false);
  expect(collide(start, without, done(start, { type: 'removeCell', ...on('b') }))).toBe(false);
});
