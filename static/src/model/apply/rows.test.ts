import { expect, test } from 'vitest';
import { append, remove } from '../json/edit.ts';
import { layoutOf, placeIn } from '../json/layout.ts';
import { get, isArray, items, type Container, type Json } from '../json/node.ts';
import { parse } from '../json/parse.ts';
import { Document } from '../document.ts';
import { newNode } from '../new-cell.ts';
import type { Operation } from '../operation.ts';
import { applyAll } from './apply.ts';
import { Rows } from './rows.ts';

/** Numbers from 0 to below 1, the same each time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const TEXTS = [
  '{\n  "cells": [\n    {"id":"a"},\n    {"id":"b"},\n\n    {"id":"a"} ,\n    {"id":"c"}\n  ]\n}',
  '{"cells":[ {"id":"a"} , {"id":"b"},{"id":"b"} ,{"id":"d"} ]}',
  '{"cells":[{"id":"a"}]}',
];

function cellsOf(root: Json): Container {
  const cells = get(root, 'cells');
  if (!isArray(cells)) throw new Error('there are cells');
  return cells;
}

test.each(TEXTS)('%j: many edits at once give the text of one at a time', (text) => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const next = random(seed);
    const { root } = parse(text);
    const rows = new Rows(cellsOf(root));
    const layout = layoutOf(root);
    let node = root;
    for (let count = 0; count < 6 && !rows.isEmpty; count += 1) {
      const id = 'abcdef'[Math.floor(next() * 6)] ?? '';
      const index = items(cellsOf(node)).findIndex((cell) => get(cell, 'id')?.raw === `"${id}"`);
      expect(rows.get(id)?.raw, `${seed}`).toBe(items(cellsOf(node))[index]?.raw);
      if (index < 0) {
        rows.append(id, parse(`{"id":"${id}"}`).root, layout);
        node = append({ layout, node, place: '' }, ['cells'], { id });
      } else {
        expect(rows.remove(id)).toBe(true);
        node = remove({ layout, node, place: '' }, ['cells', index]);
      }
      expect((rows.container() ?? cellsOf(root)).raw, `${seed}`).toBe(cellsOf(node).raw);
      if (!rows.isEmpty) expect(rows.place).toBe(placeIn(cellsOf(node)));
    }
  }
});

const EMPTY = '{"version":"2.0","summary":{"title":"T"},"detail":{"diagrams":[{"id":0,"title":"D","cells":[]}]}}';

test('five thousand cells are put in and taken out at once', () => {
  const place = { x: 0, y: 0, width: 9, height: 9 };
  const ids = Array.from({ length: 5000 }, (_, index) => `n${index}`);
  const empty = Document.parse(EMPTY);
  const add = ids.map((id): Operation => ({ type: 'addCell', diagram: 0, cell: newNode('process', id, id, place) }));
  const gone = ids.map((cell): Operation => ({ type: 'removeCell', diagram: 0, cell }));
  const full = applyAll(empty, add);
  expect(full.diagram(0)?.cells.map(({ id }) => id)).toEqual(ids);
  expect(applyAll(full, gone).text()).toBe(EMPTY);
  expect(applyAll(full, gone.toReversed()).text()).toBe(EMPTY);
});

test('threats that come with many cells are numbered as if they came one at a time', () => {
  const threat = (id: string) => ({ id, title: id, status: 'Open', severity: 'Low', type: 'Spoofing' });
  const operations = ['a', 'b', 'c'].flatMap((cell, index): Operation[] => [
    { type: 'addCell', diagram: 0, cell: { id: cell, shape: 'actor', data: { threats: [{ number: 200 * index }] } } },
    { type: 'addThreat', diagram: 0, cell, threat: threat(`${cell}1`) },
    { type: 'addThreat', diagram: 0, cell, threat: threat(`${cell}2`) },
    { type: 'setThreatField', diagram: 0, cell, threat: `${cell}2`, key: 'number', value: 150 * (index + 1) },
    { type: 'addThreat', diagram: 0, cell, threat: threat(`${cell}3`) },
    { type: 'setCellField', diagram: 0, cell, key: 'threats', value: [{ number: 160 * (index + 1) }] },
    { type: 'addThreat', diagram: 0, cell, threat: threat(`${cell}4`) },
    { type: 'addDiagram', diagram: { title: 'More', cells: [{ data: { threats: [{ number: 170 * (index + 1) }] } }] } },
    { type: 'addThreat', diagram: 0, cell, threat: threat(`${cell}5`) },
  ]);
  const all = applyAll(Document.parse(EMPTY), operations);
  const each = operations.reduce((document, operation) => applyAll(document, [operation]), Document.parse(EMPTY));
  expect(all.text()).toBe(each.text());
  expect(all.text()).toContain('"threatTop":511');
});

test('five thousand threats are added to a thousand cells at once', () => {
  const cells = Array.from({ length: 1000 }, (_, index) => ({ id: `c${index}`, shape: 'process', data: {} }));
  const model = { summary: { title: 'T' }, detail: { diagrams: [{ id: 0, title: 'D', cells }] } };
  const add = Array.from({ length: 5000 }, (_, index): Operation => {
    const threat = { id: `t${index}`, title: 'T', status: 'Open', severity: 'Low', type: 'Spoofing' };
    return { type: 'addThreat', diagram: 0, cell: `c${index % 1000}`, threat };
  });
  const full = applyAll(Document.parse(JSON.stringify({ version: '2.0', ...model })), add);
  expect(full.diagram(0)?.cells.at(-1)?.threats.at(-1)).toMatchObject({ id: 't4999', number: 5100 });
});
