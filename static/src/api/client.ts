/// The one place that calls the server: JSON in and out, errors as `Problem`, and the end of the session.
import { t } from '../i18n/translate.svelte.ts';
import { Problem, SIGNED_OUT } from './problem.ts';
import type { Session } from './session.svelte.ts';

/** After this long without an answer the call is given up, in milliseconds. */
const PATIENCE = 30_000;

/** An answer as it was sent: where numbers must stay as they are spelled, and the version counts. */
export interface Exact {
  readonly text: string;
  /** The version of what was answered, without the quotes and the mark of a weak tag. */
  readonly version: string;
}

export class Client {
  readonly #session: Session;
  readonly #fetch: typeof fetch;

  constructor(session: Session, fetchWith: typeof fetch) {
    this.#session = session;
    this.#fetch = fetchWith;
  }

  /** The `data` of the answer. @throws {Problem} */
  async get<T>(path: string, signal?: AbortSignal): Promise<T> {
    return dataOf<T>(await this.#send(path, { method: 'GET' }, signal));
  }

  /** The whole answer. @throws {Problem} */
  async getExact(path: string, signal?: AbortSignal): Promise<Exact> {
    return exactly(await this.#send(path, { method: 'GET' }, signal));
  }

  /**
   * Asks by itself, while somebody is at work: a refusal does not end the session, which would take the page away
   * from them. @throws {Problem}
   */
  async peek(path: string, headers: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<Exact> {
    const response = await this.#call(path, { method: 'GET', headers }, signal);
    if (!response.ok && response.status !== 304) throw await Problem.from(response);
    return exactly(response);
  }

  /**
   * Sends a text that is JSON already. A refusal does not end the session: the page has what is not
   * saved yet, and asks the person first. Nothing is sent under the
   * name of somebody else who has signed in meanwhile. @throws {Problem}
   */
  async sendExact(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    text: string | null,
    headers: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<Exact> {
    if (this.#session.isOthers) throw new Problem(401, t('problems.signed-out'), '', { code: SIGNED_OUT });
    const kind = text === null ? undefined : { 'Content-Type': 'application/json' };
    const response = await this.#call(path, { method, headers: { ...kind, ...headers }, body: text }, signal);
    if (!response.ok) throw await Problem.from(response, true);
    // It is done, though the answer may break off: whoever asked sees that there is none.
    return { text: await response.text().catch(() => ''), version: versionOf(response) };
  }

  /** Sends a JSON body; gives the `data` of the answer. @throws {Problem} */
  async post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
    return dataOf<T>(await this.#send(path, jsonBody(body), signal));
  }

  /** What the answer holds does not matter. @throws {Problem} */
  async delete(path: string): Promise<void> {
    await this.#send(path, { method: 'DELETE' });
  }

  /**
   * Sends the call with the session's cookie. A refusal of somebody who was signed in ends the
   * session, which brings up the sign-in page.
   */
  async #send(path: string, init: RequestInit, signal?: AbortSignal): Promise<Response> {
    const caller = this.#session.person;
    const response = await this.#call(path, init, signal);
    const { person } = this.#session;
    if (response.status === 401 && person && person === caller) this.#session.expire();
    if (!response.ok && response.status !== 304) throw await Problem.from(response);
    return response;
  }

  async #call(path: string, init: RequestInit, signal: AbortSignal | undefined): Promise<Response> {
    const headers = new Headers(init.headers);
    headers.set('Accept', 'application/json');
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

async function exactly(response: Response): Promise<Exact> {
  return { text: await response.text(), version: versionOf(response) };
}

function versionOf({ headers }: Response): string {
  return (headers.get('ETag') ?? '').replace(/^W\//, '').replaceAll('"', '');
}

function jsonBody(body: unknown): RequestInit {
  return {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
}
