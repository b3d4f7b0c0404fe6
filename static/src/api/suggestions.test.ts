import { afterEach, expect, test, vi } from 'vitest';
import { suggestions } from './suggestions.ts';

const AT = { provider: 'gitlab', repository: 'acme/eu/shop', branch: 'feature/x', model: '50% #1' } as const;
const NOTHING = { suggestions: [], left_out: 0, faults: [] };

afterEach(() => vi.unstubAllGlobals());

function answer() {
  const body = JSON.stringify({ status: 200, data: NOTHING });
  const fetching = vi.fn(async (_path: string, _init: RequestInit) => new Response(body));
  vi.stubGlobal('fetch', fetching);
  return () => [fetching.mock.calls[0]?.[0], fetching.mock.calls[0]?.[1].body];
}

test('the rules of the repository are asked about the very text that there is now', async () => {
  const asked = answer();
  expect(await suggestions(AT, '{ "n": 1.10 }\n', { diagram: 0, elements: ['a"b'] })).toEqual(NOTHING);
  expect(asked()).toEqual([
    '/api/threatmodel/acme/eu%2Fshop/feature%2Fx/50%25%20%231/suggest',
    '{"document":{ "n": 1.10 }\n,"diagram":0,"elements":["a\\"b"]}',
  ]);
});

test('of a file of this computer only the rules that are built in; everything where nothing is named', async () => {
  const asked = answer();
  await suggestions(null, '{}', { diagram: null, elements: null });
  expect(asked()).toEqual(['/api/documents/suggest', '{"document":{}}']);
});
