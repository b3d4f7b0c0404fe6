import { beforeEach, describe, expect, test } from 'vitest';
import { Client } from './client.ts';
import { Problem } from './problem.ts';
import { Session } from './session.svelte.ts';

/** A server in a function: takes the access token `access-<n>` for the present n only. */
class Server {
  generation = 1;
  calls: string[] = [];
  refreshed: string[] = [];
  onRefresh: () => Response | Promise<Response> = () => {
    this.generation += 1;
    return json(200, { data: this.tokens() });
  };
  onData: () => Response = () => json(200, { status: 200, data: 'secret' });

  tokens() {
    return { accessToken: `access-${this.generation}`, refreshToken: `refresh-${this.generation}` };
  }

  fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const path = String(input);
    this.calls.push(path);
    init?.signal?.throwIfAborted();
    if (path === '/api/token/refresh') {
      this.refreshed.push((JSON.parse(String(init?.body)) as { refreshToken: string }).refreshToken);
      return this.onRefresh();
    }
    const bearer = new Headers(init?.headers).get('Authorization');
    if (bearer !== `Bearer access-${this.generation}`) return json(401, { title: 'Sign in', status: 401 });
    return this.onData();
  };
}

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
}

let server: Server;
let session: Session;
let client: Client;

beforeEach(() => {
  window.sessionStorage.clear();
  server = new Server();
  session = new Session(window.sessionStorage);
  client = new Client(session, server.fetch);
});

test('the data inside the envelope is what a call gives', async () => {
  session.hold(server.tokens());
  expect(await client.get('/api/x')).toBe('secret');
  expect(server.calls).toEqual(['/api/x']);
});

describe('when the access token has run out', () => {
  beforeEach(() => {
    session.hold(server.tokens());
    server.generation = 2;
    server.onRefresh = () => json(200, { data: server.tokens() });
  });

  test('it is renewed, both tokens are kept, and the call is sent again', async () => {
    expect(await client.get('/api/x')).toBe('secret');
    expect(server.calls).toEqual(['/api/x', '/api/token/refresh', '/api/x']);
    expect(server.refreshed).toEqual(['refresh-1']);
    expect(session.tokens).toEqual({ accessToken: 'access-2', refreshToken: 'refresh-2' });
    expect(new Session(window.sessionStorage).tokens).toEqual(session.tokens);
  });

  test('calls that fail together share one renewal', async () => {
    const answers = await Promise.all(['/a', '/b', '/c', '/d'].map((path) => client.get(path)));
    expect(answers).toEqual(['secret', 'secret', 'secret', 'secret']);
    expect(server.refreshed).toEqual(['refresh-1']);
  });

  test('a call that fails after another renewed does not renew again', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow = new Client(session, async (input, init) => {
      const answer = await server.fetch(input, init);
      if (String(input) === '/slow' && answer.status === 401) await held;
      return answer;
    });
    const late = slow.get('/slow');
    await slow.get('/quick');
    release();
    expect(await late).toBe('secret');
    expect(server.refreshed).toEqual(['refresh-1']);
  });

  test('a refused renewal ends the session, for all who waited', async () => {
    server.onRefresh = () => json(401, { title: 'Sign in', status: 401 });
    const answers = await Promise.allSettled([client.get('/a'), client.get('/b')]);
    expect(answers.map((answer) => answer.status)).toEqual(['rejected', 'rejected']);
    expect(server.refreshed).toHaveLength(1);
    expect(session.tokens).toBeNull();
    expect(session.expired).toBe(true);
    expect(window.sessionStorage).toHaveLength(0);
  });

  test('a renewal that fails for another reason keeps the session', async () => {
    for (const status of [429, 500, 503]) {
      server.onRefresh = () => json(status, { title: 'Too busy', status });
      await expect(client.get('/a')).rejects.toMatchObject({ status, title: 'Too busy' });
    }
    server.onRefresh = () => Promise.reject(new TypeError('network'));
    await expect(client.get('/a')).rejects.toMatchObject({ status: 0 });
    expect(session.tokens?.refreshToken).toBe('refresh-1');
    server.onRefresh = () => json(200, { data: server.tokens() });
    expect(await client.get('/a')).toBe('secret');
  });

  test('a renewal that ends after signing out does not sign in again', async () => {
    server.onRefresh = () => {
      session.end('signed-out');
      return json(200, { data: server.tokens() });
    };
    await expect(client.get('/a')).rejects.toMatchObject({ status: 401 });
    expect(session.tokens).toBeNull();
    expect(session.expired).toBe(false);
  });

  test('a new token that is refused as well ends the session after one renewal', async () => {
    server.onRefresh = () => json(200, { data: { accessToken: 'useless', refreshToken: 'r' } });
    await expect(client.get('/a')).rejects.toMatchObject({ status: 401 });
    expect(server.refreshed).toHaveLength(1);
    expect(session.expired).toBe(true);
  });
});

test('without a session a 401 is passed on, and nothing is renewed', async () => {
  await expect(client.get('/api/x')).rejects.toMatchObject({ status: 401, title: 'Sign in' });
  expect(server.calls).toEqual(['/api/x']);
  expect(session.expired).toBe(false);
});

describe('an error', () => {
  beforeEach(() => session.hold(server.tokens()));

  test('comes with what the server says about it', async () => {
    const body = { title: 'No such model', detail: 'There is no “m”.', code: 'model-not-found', request_id: 'r-1' };
    server.onData = () => json(404, body);
    const problem = await client.get('/x').catch((thrown: unknown) => thrown);
    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({
      status: 404,
      title: 'No such model',
      detail: 'There is no “m”.',
      code: 'model-not-found',
      requestId: 'r-1',
    });
  });

  test('in the older shape is understood too', async () => {
    server.onData = () => json(500, { status: 500, message: 'Internal Server Error', details: 'x' });
    await expect(client.get('/x')).rejects.toMatchObject({ title: 'Internal Server Error', detail: 'x' });
  });

  test('that is no JSON, or JSON of no use, still says something', async () => {
    for (const body of ['<h1>Bad gateway</h1>', 'null', '[]', '{"title":7}']) {
      server.onData = () => new Response(body, { status: 502 });
      await expect(client.get('/x')).rejects.toMatchObject({ title: 'The server answered 502', detail: '' });
    }
  });
});

test('a call that is given up stays given up', async () => {
  session.hold(server.tokens());
  const call = new AbortController();
  call.abort();
  await expect(client.get('/x', call.signal)).rejects.toMatchObject({ name: 'AbortError' });
});
