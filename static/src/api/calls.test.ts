import { afterEach, expect, test, vi } from 'vitest';
import { findOutWho, mayWrite, modelText, saveModel, session } from './calls.ts';

const AT = { provider: 'gitlab', repository: 'acme/eu/shop', branch: 'feature/x', model: '50% #1' } as const;
const PATH = '/api/threatmodel/acme/eu%2Fshop/feature%2Fx/50%25%20%231';

afterEach(() => vi.unstubAllGlobals());

function answer(body: string, init: ResponseInit = {}) {
  const fetching = vi.fn(async (_path: string, _init: RequestInit) => new Response(body, init));
  vi.stubGlobal('fetch', fetching);
  return fetching;
}

test('a model is read as its very text, white space and all', async () => {
  const fetching = answer('{"status":200,"data":{ "n": 1.10 }\r\n}', { headers: { ETag: '"v1"' } });
  expect(await modelText(AT)).toEqual({ text: '{ "n": 1.10 }\r\n', version: 'v1' });
  expect(fetching.mock.calls[0]?.[0]).toBe(`${PATH}/data`);
});

test('an answer in another form is no model', async () => {
  answer('{"data":{}}');
  await expect(modelText(AT)).rejects.toThrow('not understood');
});

test('a save says which version it was made from', async () => {
  const fetching = answer('{"merged":false}', { headers: { ETag: '"v2"' } });
  expect(await saveModel(AT, '{}\n', 'v1')).toEqual({ text: '{"merged":false}', version: 'v2' });
  const [path, init] = fetching.mock.calls[0] ?? [];
  expect([path, init?.method, init?.body]).toEqual([`${PATH}/update`, 'PUT', '{}\n']);
  expect(new Headers(init?.headers).get('Base-Version')).toBe('"v1"');
});

test.each([
  [[{ name: 'acme/shop', writable: false }], false],
  [[{ name: 'acme/shop', writable: true }], true],
  [[{ name: 'acme/shop-2', writable: false }], true],
])('of %o one may write: %s', async (repositories, may) => {
  answer(JSON.stringify({ data: { repositories } }));
  expect(await mayWrite('acme/shop', new AbortController().signal)).toBe(may);
});

test('where it is not known whether one may write, one may try', async () => {
  answer('', { status: 500 });
  expect(await mayWrite('acme/shop', new AbortController().signal)).toBe(true);
});

test('the server is asked who is signed in only where somebody has been', async () => {
  const fetching = answer('{"data":{"provider":"local","username":"ada"}}');
  const { signal } = new AbortController();
  await findOutWho(signal);
  expect([session.person, fetching.mock.calls.length]).toEqual([null, 0]);
  session.hold({ provider: 'local', username: 'ada' });
  await findOutWho(signal);
  expect(fetching).toHaveBeenCalledOnce();
  fetching.mockResolvedValueOnce(new Response('{}', { status: 401 }));
  await findOutWho(signal);
  await findOutWho(signal);
  expect([session.person, fetching.mock.calls.length]).toEqual([null, 2]);
});
