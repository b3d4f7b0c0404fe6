import { afterEach, expect, test, vi } from 'vitest';
import { library, ownMethodologies } from './library.ts';

afterEach(() => vi.unstubAllGlobals());

test('a branch is asked for its library', async () => {
  const data = { threats: [], mitigations: [], faults: [] };
  const fetching = vi.fn(async (_path: string) => new Response(JSON.stringify({ status: 200, data })));
  vi.stubGlobal('fetch', fetching);
  expect(await library('acme/eu/shop', 'feature/x')).toEqual(data);
  expect(fetching.mock.calls[0]?.[0]).toBe('/api/threatmodel/acme/eu%2Fshop/feature%2Fx/library');
});

test('the methodologies of a branch come with its rules', async () => {
  const own = { id: 'Pump', name: 'Pump safety', categories: { actor: [], process: ['Wear'], store: [], flow: [] } };
  const data = { rules: [], faults: [], methodologies: [own] };
  const fetching = vi.fn(async (_path: string) => new Response(JSON.stringify({ status: 200, data })));
  vi.stubGlobal('fetch', fetching);
  expect(await ownMethodologies('acme/shop', 'main')).toEqual([own]);
  expect(fetching.mock.calls[0]?.[0]).toBe('/api/threatmodel/acme/shop/main/rules');
});
