import { afterEach, expect, test, vi } from 'vitest';
import { Problem } from '../../api/problem.ts';
import { contentIn, contentOf, examples, told } from './template.ts';

afterEach(() => vi.unstubAllGlobals());

test('the content is the very text of the file', async () => {
  const content = '{ "n": 1.10,\n  "a":[ ] }';
  const answer = `{"status":200,"data":{"id":"x","content":${content},"tags":["content"]}}`;
  const fetching = vi.fn(async (_path: string) => new Response(answer));
  vi.stubGlobal('fetch', fetching);
  expect(await contentOf('acme/eu/shop', 'feature/x', 'a/b@v1:.wyvern/templates/a&b.json')).toBe(content);
  expect(fetching.mock.calls[0]?.[0]).toBe(
    '/api/threatmodel/acme/eu%2Fshop/feature%2Fx/template?id=a%2Fb%40v1%3A.wyvern%2Ftemplates%2Fa%26b.json',
  );
});

test('the examples come with the app: nobody is asked for them', async () => {
  vi.stubGlobal('fetch', () => {
    throw new Error('asked');
  });
  expect(JSON.parse(await contentOf('a/b', 'main', 'built-in/bank')).summary.title).toBe('Mobile banking');
});

test.each(['', '{}', '{"data":{"content":1}}', '{"data":{"content":{}}', '<html>'])('%s is no answer', (answer) => {
  expect(() => contentIn(answer)).toThrow(Problem);
});

test('an example is told in the person’s language, a template of the team as it is', () => {
  expect(examples().map(({ id, name }) => [id, name])).toEqual([
    ['built-in/shop', 'Web shop'],
    ['built-in/bank', 'Mobile banking'],
    ['built-in/pipeline', 'Build and release pipeline'],
  ]);
  const own = {
    id: '.wyvern/templates/shop.json',
    kind: 'model',
    origin: 'x',
    name: 'Shop',
    description: 'D',
    tags: [],
  };
  expect(told({ ...own, kind: 'model' })).toEqual(own);
});
