import { expect, test } from 'vitest';
import { Document } from '../../model/document.ts';
import { at, get } from '../../model/json/node.ts';
import { parse } from '../../model/json/parse.ts';
import { tagsOf, templateText } from './saving.ts';

const MODEL = '{"version":"2.0","summary":{"title":"Shop","own":1.50},"detail":{"diagrams":[],"n":1e2}}';

test('the model stands in it with each number as it was spelled', () => {
  const metadata = { id: 'x', name: 'Shop "A"', description: 'Für alle', tags: ['web'] };
  const text = templateText(metadata, Document.parse(MODEL));
  const { root } = parse(text);
  expect(JSON.parse(get(root, 'templateMetadata')?.raw ?? '')).toEqual(metadata);
  expect(get(root, 'model')?.raw.replace(/\s/g, '')).toBe(MODEL);
  expect(at(root, 'model', 'summary', 'own')?.raw).toBe('1.50');
  expect(text).toMatch(
    /^\{\n {2}"templateMetadata": \{\n {4}"id": "x",[^]*\n {2}"model": \{\n {4}"version"[^]*\n\}\n$/,
  );
});

test.each([
  ['', []],
  [' web , api,web,, ', ['web', 'api']],
  ['ويب، واجهة', ['ويب', 'واجهة']],
])('%j are the tags %j', (text, tags) => {
  expect(tagsOf(text)).toEqual(tags);
});
