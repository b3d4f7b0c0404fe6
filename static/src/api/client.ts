/// The one place that calls the server: bearer token, renewal of it, and errors as `Problem`.
import { Problem } from './problem.ts';
import type { Session, Tokens } from './session.svelte.ts';

/** After this long without an answer the call is given up, in milliseconds. */
const PATIENCE = 30_000;

export class Client {
  readonly session: Session;
  readonly #fetch: typeof fetch;
  #renewal: Promise<void> | null = null;

  constructor(session: Session, fetchWith: typeof fetch) {
    this.session = session;
    this.#fetch = fetchWith;
  }

  /** The `data` of the answer. @throws {Problem} */
  async get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return dataOf<T>(await this.#send(path, { method: 'GET' }, signal));
  }

  /** Sends a JSON body; gives the `data` of the answer. @throws {Problem} */
  async post<T>(path: string, body: unknown): Promise<T> {
    return dataOf<T>(await this.#send(path, jsonBody(body)));
  }

  /**
   * Sends the call; where the access token is refused, renews it and sends the call once more. A
   * session that cannot be renewed is ended, which brings up the sign-in page.
   */
  async #send(path: string, init: RequestInit, signal?: AbortSignal): Promise<Response> {
    const tokens = this.session.tokens;
    let response = await this.#call(path, init, tokens, signal);
    if (response.status === 401 && tokens) {
      await this.#renew(tokens);
      if (this.session.tokens) response = await this.#call(path, init, this.session.tokens, signal);
      if (response.status === 401 && this.session.tokens) this.session.end('expired');
    }
    if (!response.ok) throw await Problem.from(response);
    return response;
  }

  /**
   * Renews the tokens unless another call has done so meanwhile. Calls that fail together share one
   * renewal, because a refresh token works once.
   */
  #renew(refused: Tokens): Promise<void> {
    if (this.session.tokens !== refused) return Promise.resolve();
    this.#renewal ??= this.#exchange(refused).finally(() => (this.#renewal = null));
    return this.#renewal;
  }

  async #exchange(refused: Tokens): Promise<void> {
    const { refreshToken } = refused;
    const response = await this.#call('/api/token/refresh', jsonBody({ refreshToken }), null);
    const signedOutMeanwhile = this.session.tokens !== refused;
    if (signedOutMeanwhile) return;
    if (response.ok) {
      this.session.hold(((await response.json()) as { data: Tokens }).data);
    } else if (response.status < 500 && response.status !== 429) {
      this.session.end('expired');
    } else {
      throw await Problem.from(response);
    }
  }

  async #call(path: string, init: RequestInit, tokens: Tokens | null, signal?: AbortSignal): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('Accept', 'application/json');
    if (tokens) headers.set('Authorization', `Bearer ${tokens.accessToken}`);
    const limit = AbortSignal.timeout(PATIENCE);
    try {
      return await this.#fetch(path, { ...init, headers, signal: signal ? AbortSignal.any([signal, limit]) : limit });
    } catch (thrown) {
      signal?.throwIfAborted();
      throw Problem.of(thrown);
    }
  }
}

async function dataOf<T>(response: Response): Promise<T> {
  return ((await response.json()) as { data: T }).data;
}

function jsonBody(body: unknown): RequestInit {
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
}
