import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Client } from './client.ts';
import { Problem } from './problem.ts';
import { Session, type Person } from './session.svelte.ts';

const ADA: Person = { provider: 'local', username: 'ada' };

let answer: () => Response | Promise<Response>;
let calls: Request[];
let channel: BroadcastChannel;
let session: Session;
let client: Client;

beforeEach(() => {
  answer = () => json(200, { status: 200, data: 'secret' });
  calls = [];
  channel = new BroadcastChannel('client.test');
  session = new Session(channel);
  client = new Client(session, async (input, init) => {
    calls.push(new Request(new URL(String(input), 'http://wyvern.test'), init));
    init?.signal?.throwIfAborted();
    return answer();
  });
});

afterEach(() => channel.close());

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json', ...headers } });
}

const refusal = () => json(401, { title: 'Unauthorized', status: 401, code: 'sign_in_required' });

test('the data inside the envelope is what a call gives', async () => {
  expect(await client.get('/api/x')).toBe('secret');
  expect(await client.post('/api/x', { code: 'c' })).toBe('secret');
  expect(await client.delete('/api/x')).toBeUndefined();
  expect(calls.map(({ method }) => method)).toEqual(['GET', 'POST', 'DELETE']);
  expect(await calls[1]?.json()).toEqual({ code: 'c' });
});

test('no call carries a token', async () => {
  session.hold(ADA);
  await client.get('/api/x');
  await client.post('/api/x', {});
  expect(calls.map(({ headers }) => headers.get('Authorization'))).toEqual([null, null]);
});

describe('an exact call', () => {
  const tagged = (text: string, tag: string) => new Response(text, { headers: { ETag: tag } });

  test('gives the very text, and the version without its marks', async () => {
    answer = () => tagged('{"n":1.10}', 'W/"abc"');
    expect(await client.getExact('/api/x')).toEqual({ text: '{"n":1.10}', version: 'abc' });
  });

  test('that only looks ends no session, and takes no news for an answer', async () => {
    session.hold(ADA);
    answer = () => new Response(null, { status: 304, headers: { ETag: '"abc"' } });
    expect(await client.peek('/api/x', { 'If-None-Match': '"abc"' })).toEqual({ text: '', version: 'abc' });
    expect(calls[0]?.headers.get('If-None-Match')).toBe('"abc"');
    answer = refusal;
    await expect(client.peek('/api/x', {})).rejects.toMatchObject({ status: 401 });
    expect(session.person).toBe(ADA);
  });

  test('sends the very text', async () => {
    answer = () => tagged('{}', '"new"');
    expect(await client.sendExact('PUT', '/api/x', '{"n":1.10}\n', { 'Base-Version': '"old"' })).toEqual({
      text: '{}',
      version: 'new',
    });
    const [call] = calls;
    expect([call?.method, call?.headers.get('Base-Version')]).toEqual(['PUT', '"old"']);
    expect(call?.headers.get('Content-Type')).toBe('application/json');
    expect(await call?.text()).toBe('{"n":1.10}\n');
  });

  test('that is refused leaves the session to the page', async () => {
    session.hold(ADA);
    answer = refusal;
    await expect(client.sendExact('PUT', '/api/x', '{}', {})).rejects.toMatchObject({ status: 401 });
    expect(session.person).toEqual(ADA);
  });
});

describe('a refusal', () => {
  beforeEach(() => (answer = refusal));

  test('ends the session of somebody signed in, and the call is not sent again', async () => {
    session.hold(ADA);
    const answers = await Promise.allSettled([client.get('/a'), client.get('/b')]);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(calls).toHaveLength(2);
    expect([session.person, session.expired]).toEqual([null, true]);
  });

  test('is passed on where nobody is signed in, or may be', async () => {
    await expect(client.get('/a')).rejects.toMatchObject({ status: 401, code: 'sign_in_required' });
    expect(session.person).toBeUndefined();
    session.end('signed-out');
    await expect(client.post('/a', {})).rejects.toMatchObject({ status: 401 });
    expect(session.expired).toBe(false);
  });

  test('that comes after signing out does not say that the session ended by itself', async () => {
    session.hold(ADA);
    answer = () => {
      session.end('signed-out');
      return refusal();
    };
    await expect(client.get('/a')).rejects.toMatchObject({ status: 401 });
    expect(session.expired).toBe(false);
  });

  test('of an earlier person does not end the session of the next', async () => {
    session.hold(ADA);
    const next: Person = { provider: 'github', username: 'ada' };
    answer = () => {
      session.hold(next);
      return refusal();
    };
    await expect(client.get('/a')).rejects.toMatchObject({ status: 401 });
    expect(session.person).toBe(next);
  });
});

test.each([403, 404, 429, 500, 503])('%i leaves the session as it is', async (status) => {
  session.hold(ADA);
  answer = () => json(status, {});
  await expect(client.get('/a')).rejects.toMatchObject({ status });
  expect(session.person).toBe(ADA);
});

describe('an error', () => {
  test('comes with what the server says about it', async () => {
    const body = { title: 'No such model', detail: 'There is no “m”.', code: 'model-not-found', request_id: 'r-1' };
    answer = () => json(404, body);
    const problem = await client.get('/x').catch((thrown: unknown) => thrown);
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({
      status: 404,
      title: 'No such model',
      detail: 'There is no “m”.',
      code: 'model-not-found',
      requestId: 'r-1',
      retryAt: null,
    });
  });

  test('in the older shape is understood too', async () => {
    answer = () => json(500, { status: 500, message: 'Internal Server Error', details: 'x' });
    await expect(client.get('/x')).rejects.toMatchObject({ title: 'Internal Server Error', detail: 'x' });
  });

  test('that is no JSON, or JSON of no use, still says something', async () => {
    for (const body of ['<h1>Bad gateway</h1>', 'null', '[]', '{"title":7}']) {
      answer = () => new Response(body, { status: 502 });
      await expect(client.get('/x')).rejects.toMatchObject({ title: 'The server answered 502', detail: '' });
    }
  });

  test.each<[string, Date | null]>([
    ['90', new Date('2026-11-25T10:01:30Z')],
    ['0', new Date('2026-11-25T10:00:00Z')],
    ['-1', null],
    ['1e3', null],
    ['99999999', null],
    ['soon', null],
  ])('with "Retry-After: %s" knows the moment', async (value, moment) => {
    vi.useFakeTimers({ now: new Date('2026-11-25T10:00:00Z'), toFake: ['Date'] });
    try {
      answer = () => json(429, {}, { 'Retry-After': value });
      await expect(client.get('/x')).rejects.toMatchObject({ retryAt: moment });
    } finally {
      vi.useRealTimers();
    }
  });
});

test('a server that cannot be reached is a problem, and no end of the session', async () => {
  session.hold(ADA);
  answer = () => Promise.reject(new TypeError('Failed to fetch'));
  await expect(client.get('/x')).rejects.toMatchObject({ status: 0, title: 'The server cannot be reached' });
  expect(session.person).toBe(ADA);
});

test('a call that is given up stays given up', async () => {
  const call = new AbortController();
  call.abort();
  await expect(client.get('/x', call.signal)).rejects.toMatchObject({ name: 'AbortError' });
});

test.each([
  ['a change', () => client.sendExact('PUT', '/api/x', '{}', {}), 'You are not allowed to change this'],
  ['a look', () => client.get('/api/x'), 'You are not allowed to see this'],
])('%s that is refused is told as one', async (_, call, heading) => {
  answer = () => json(403, { title: 'Forbidden', status: 403, code: 'forbidden' });
  const refused = await call().catch((thrown: unknown) => thrown);
  expect((refused as Problem).heading).toBe(heading);
});

test('nothing is changed under the name of somebody else who has signed in meanwhile', async () => {
  session.hold(ADA);
  session.work(() => true);
  const other = new BroadcastChannel('client.test');
  other.postMessage({ provider: 'local', username: 'bob' });
  await vi.waitFor(() => expect(session.isOthers).toBe(true));
  await expect(client.sendExact('PUT', '/api/x', '{}', {})).rejects.toMatchObject({ status: 401 });
  expect(calls).toEqual([]);
  other.close();
});
