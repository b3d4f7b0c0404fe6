import { expect, test } from 'vitest';
import { documentOf, FILE_MAX, textOf } from './reading.ts';

const MODEL = '{"version":"2.0","summary":{"title":"Shop"},"detail":{"diagrams":[]}}\r\n';

test('a file is read as its text, each line end as it is, without a byte-order mark', async () => {
  expect(await textOf(new Blob([MODEL]))).toBe(MODEL);
  expect(await textOf(new Blob(['\ufeff', MODEL]))).toBe(MODEL);
  expect(documentOf(MODEL).text()).toBe(MODEL);
});

test('a file that is too large, or no text, is not opened', async () => {
  const large = new Blob([new Uint8Array(FILE_MAX + 100_000)]);
  await expect(textOf(large)).rejects.toMatchObject({ message: 'It has 20.1 MB.', advice: /20 MB/ });
  expect(await textOf(new Blob([new Uint8Array(1000).fill(32)]))).toHaveLength(1000);
  await expect(textOf(new Blob([new Uint8Array([0x7b, 0xff])]))).rejects.toMatchObject({ heading: /UTF-8/ });
});

test.each([
  ['{\n  "version": 2,,\n}', /valid JSON/, /line 2, column 16/],
  ['', /valid JSON/, /empty/],
  ['[]', /not a threat model/, /must be an object/],
  ['{"summary":{"title":"x"},"detail":{}}', /not a threat model/, /\/detail\/diagrams must be an array/],
  ['{"summary":{"title":"x"},"detail":{"diagrams":[]}}', /version 1/, /another form/],
])('%j is refused', (text, heading, message) => {
  expect(() => documentOf(text)).toThrow(expect.objectContaining({ heading: expect.stringMatching(heading) }));
  expect(() => documentOf(text)).toThrow(message);
});
