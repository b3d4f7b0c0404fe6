import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Document } from './document.ts';
import { History, type Step } from './history.ts';
import { stepsFromText, stepsToText } from './journal.ts';
import { get, items, type Json } from './json/node.ts';
import { parse } from './json/parse.ts';
import { operationOf, operationText } from './operation-form.ts';

const VECTORS = '../tests/vectors/operations';
const operations: Json[] = readdirSync(VECTORS)
  .flatMap((file) => items(parse(readFileSync(`${VECTORS}/${file}`, 'utf8')).root))
  .flatMap((each) => get(each, 'operation') ?? [])
  // Infinity, which is there to be refused, gets into no history.
  .filter((node) => !node.raw.includes('1e999'));

test.each(operations.map((node) => [node.raw.replace(/\s+/g, ' '), node] as const))(
  '%s is written and read',
  (_, node) => {
    const text = operationText(operationOf(node));
    expect(JSON.parse(text)).toEqual(JSON.parse(node.raw.replaceAll('-0.0', '0')));
    expect(operationText(operationOf(parse(text).root))).toBe(text);
  },
);

describe('steps', () => {
  const base = Document.parse('{"version":"2.0","summary":{"title":"Shop"},"detail":{"diagrams":[]}}\n');
  const exact = parse('{"__proto__": 1.10, "large":12345678901234567890}').root;
  const steps: Step[] = [
    { name: 'Rename', key: 'title', at: 1, operations: [{ type: 'setSummaryField', key: 'title', value: 'Shop “2”' }] },
    { name: 'Add', at: 2, operations: [{ type: 'setSummaryField', key: 'odd', value: exact }] },
  ];

  test('come back, each number and key as it was spelled', () => {
    const text = stepsToText(steps);
    const back = stepsFromText(text);
    expect(back.map(({ name, key, at }) => [name, key, at])).toEqual([
      ['Rename', 'title', 1],
      ['Add', undefined, 2],
    ]);
    expect(stepsToText(back)).toBe(text);
    const [kept, made] = [back, steps].map((each) => History.replay(base, each, 2).document.text());
    expect(kept).toBe(made);
    expect(kept).toContain('"large":12345678901234567890');
    expect(kept).toContain('"__proto__":1.10');
  });

  test('with half a character in their name or key can be read again', () => {
    const text = stepsToText([{ name: 'Move 🛒\ud83d', key: '\udc00', at: 1, operations: [] }]);
    expect(stepsFromText(text)).toEqual([{ name: 'Move 🛒\ufffd', key: '\ufffd', at: 1, operations: [] }]);
  });

  test('that are written twice are the same text', () => {
    expect(stepsToText(steps)).toBe(stepsToText(steps));
    expect(stepsToText([])).toBe('[]');
  });
});

const step = (inner: string) => `[{"name":"x","at":1,"operations":[${inner}]}]`;
const OF = '"diagram":0,"cell":"a"';

test.each([
  '',
  'null',
  '{}',
  '[1]',
  '[{"name":"x","at":1}]',
  '[{"name":7,"at":1,"operations":[]}]',
  '[{"name":"x","at":1e999,"operations":[]}]',
  '[{"name":"x","at":1,"key":7,"operations":[]}]',
  '[{"name":"x","at":1,"operations":{}}]',
  step('{}'),
  step('{"type":"constructor"}'),
  step('{"type":"__proto__"}'),
  step(`{"type":"removeCell",${OF},"__proto__":{}}`),
  step(`{"type":"removeCell","diagram":"0","cell":"a"}`),
  step(`{"type":"moveCell",${OF},"x":"1","y":2}`),
  step(`{"type":"moveCell",${OF},"x":1}`),
  step(`{"type":"lockCell",${OF},"locked":1}`),
  step(`{"type":"setEnd",${OF},"end":"middle","to":{"x":1,"y":2}}`),
  step(`{"type":"setEnd",${OF},"end":"source","to":{"cell":"b","port":7}}`),
  step(`{"type":"setEnd",${OF},"end":"source","to":{"cell":"b","x":7}}`),
  step(`{"type":"setVertices",${OF},"vertices":{}}`),
  step(`{"type":"setVertices",${OF},"vertices":[{"x":1,"y":2},7]}`),
  step(`{"type":"setRoute",${OF},"route":"winding"}`),
  step(`{"type":"placeLabel",${OF},"distance":0.5,"offset":"left"}`),
  step(`{"type":"setSummaryField","key":"title"}`),
])('%s is no history', (text) => {
  expect(() => stepsFromText(text)).toThrow();
});
