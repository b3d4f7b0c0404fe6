import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Document } from './document.ts';

const SAMPLES = '../../shared/samples/threat-dragon-v2';

test.runIf(existsSync(SAMPLES))('a real file that is only read is written back character by character', () => {
  const names = readdirSync(SAMPLES);
  expect(names.length).toBeGreaterThan(3);
  for (const name of names) {
    const text = readFileSync(`${SAMPLES}/${name}`, 'utf8');
    expect(Document.parse(text).text() === text, name).toBe(true);
  }
});

test.each([
  ['[]', 'A threat model must be an object.'],
  ['{"summary":{}}', '/summary/title must be a string in a threat model.'],
  [
    '{"summary":{"title":"T"},"detail":{"diagrams":[{"cells":[1]}]}}',
    '/detail/diagrams/0/cells/0 must be an object in a threat model.',
  ],
  ['{"a":1,"a":2}', 'The key "a" stands twice in one object (line 1, column 8).'],
  ['{\n "a" 1}', 'A colon is missing (line 2, column 6).'],
  ['["\\ud800"]', 'This string holds half of a character (line 1, column 2).'],
  ['', 'The text is empty (line 1, column 1).'],
])('%j is no model, and it is said why', (text, why) => {
  expect(() => Document.parse(text)).toThrow(why);
});

test('a diagram is known by a whole number only', () => {
  const ids = ['0', '18446744073709551615', '-1', '1.5', '1e400', '"1"', 'null'];
  const diagrams = ids.map((id) => `{"id":${id}}`).join();
  const document = Document.parse(`{"summary":{"title":"T"},"detail":{"diagrams":[${diagrams}]}}`);
  expect(document.diagrams.map(({ id }) => id)).toEqual([0, 2 ** 64, null, null, null, null, null]);
});
