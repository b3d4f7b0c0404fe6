import { expect, test } from 'vitest';
import { sourceOf } from './source.ts';

const EMPTY = { kind: 'scratch', method: 'STRIDE' };

test.each([
  ['', EMPTY],
  ['from=demo:shop', { kind: 'template', template: 'built-in/shop' }],
  ['from=demo:nothing', EMPTY],
  ['from=template:built-in%2Fbank', { kind: 'template', template: 'built-in/bank' }],
  ['from=template:.wyvern/templates/a.json', { kind: 'template', template: '.wyvern/templates/a.json' }],
  [
    'from=template:a%2Fb@v1:.wyvern/templates/a%26b.json',
    { kind: 'template', template: 'a/b@v1:.wyvern/templates/a&b.json' },
  ],
  ['from=template:', EMPTY],
  ['from=model:Web%20shop', { kind: 'model', model: 'Web shop' }],
  ['from=model', EMPTY],
])('%s', (query, source) => {
  expect(sourceOf(query)).toEqual(source);
});
