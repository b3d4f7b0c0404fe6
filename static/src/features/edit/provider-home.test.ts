import { afterEach, expect, test, vi } from 'vitest';
import { ProviderHome } from './provider-home.ts';

const AT = { provider: 'local', repository: 'demo/shop', branch: 'main', model: 'Web shop' } as const;
const BASE = { text: '{}', version: 'v1' };

afterEach(() => vi.unstubAllGlobals());

function answer(body: string) {
  vi.stubGlobal('fetch', async () => new Response(body, { headers: { ETag: '"v2"' } }));
}

const home = new ProviderHome(AT, { provider: 'local', username: 'ada' });

test('drafts of different people and models are told apart', () => {
  const keys = [
    home.key,
    new ProviderHome(AT, { provider: 'local', username: 'grace' }).key,
    new ProviderHome({ ...AT, branch: 'next' }, { provider: 'local', username: 'ada' }).key,
    new ProviderHome({ ...AT, provider: 'gitlab' }, { provider: 'gitlab', username: 'ada' }).key,
  ];
  expect(new Set(keys).size).toBe(4);
  expect(home.fileName).toBe('Web shop.json');
  expect(home.where).toEqual(['demo/shop', 'main', 'Web shop.json']);
});

test('a save that was not merged is what was sent', async () => {
  answer('{"model":"Web shop","commit":"c0ffee","version":"v2","merged":false,"notes":[]}');
  expect(await home.save('{ }\n', BASE)).toEqual({
    text: '{ }\n',
    version: 'v2',
    merged: false,
    notes: [],
    commit: 'c0ffee',
  });
});

test('a merged model has each number as it is spelled, and stands in the white space that was sent', async () => {
  answer('{"merged":true,"notes":["T 3 is T 4 now."],"data":{ "n": 1.10, "__proto__": 12345678901234567890 }}');
  expect(await home.save('{"n":1}\r\n', BASE)).toEqual({
    text: '{ "n": 1.10, "__proto__": 12345678901234567890 }\r\n',
    version: 'v2',
    merged: true,
    notes: ['T 3 is T 4 now.'],
    commit: '',
  });
});

test.each(['', '{"merged":true,"data":{'])('an answer that breaks off (%j) says that it is saved', async (text) => {
  answer(text);
  await expect(home.save('{}', BASE)).rejects.toMatchObject({ code: 'savedUnread' });
});
