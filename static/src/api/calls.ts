/// The server's calls that this app makes, by name.
import { t } from '../i18n/translate.svelte.ts';
import type { Provider } from '../providers.ts';
import type { ModelAddress } from '../routes.ts';
import type { Exact } from './client.ts';
import { commitHeaders } from './models.ts';
import { Problem } from './problem.ts';
import { client, modelPath, modelTextIn, repositoryPath, session, type Pagination } from './server.ts';
import type { Person } from './session.svelte.ts';

const SESSION = '/api/session';

export interface Branch {
  name: string;
  protected: boolean;
}

/** Which ways to sign in the server offers. */
export interface ServerConfig extends Record<`${Provider}Enabled`, boolean> {
  /** Whether signing in to the local repositories needs a password. */
  localPassword: boolean;
  /** The languages that the operator allows; all when none is named. */
  allowedLocales: readonly string[];
  defaultLocale: string;
}

/** What somebody with an account types. */
export interface Account {
  username: string;
  password: string;
}

export { session };

let asked: Promise<ServerConfig> | null = null;

/** The server is asked once: it answers the same as long as it runs. After a failure it is asked again. */
export function config(): Promise<ServerConfig> {
  asked ??= client.get<ServerConfig>('/api/config').catch((thrown: unknown) => {
    asked = null;
    throw thrown;
  });
  return asked;
}

/** Asks the server who is signed in; that nobody is, is an answer too. */
export async function findOutWho(signal: AbortSignal): Promise<void> {
  try {
    session.hold(await client.get<Person>(SESSION, signal));
  } catch (thrown) {
    if (!(thrown instanceof Problem && thrown.status === 401)) throw thrown;
    session.end('signed-out');
  }
}

/** Leaves this page for the provider's; the way back is `#/oauth-return`. */
export async function beginSignIn(provider: Provider, returnTo: string, account?: Account): Promise<void> {
  const login = `/api/login/${provider}`;
  const url = await (account ? client.post<string>(login, account) : client.get<string>(login));
  if (!/^https?:$/.test(new URL(url, window.location.href).protocol)) {
    throw new Problem(0, t('problems.no-web-page'), url);
  }
  session.leaveFor(returnTo);
  window.location.assign(url);
}

/** Trades the code that came back, of whichever provider, for a session. */
export async function completeSignIn(code: string, signal: AbortSignal): Promise<void> {
  session.hold(await client.post<Person>(SESSION, { code }, signal));
  session.announce();
}

/** The server must hear of it: no script can remove the cookie. @throws {Problem} then one is still signed in */
export async function signOut(): Promise<void> {
  await client.delete(SESSION);
  session.end('signed-out');
  session.announce();
}

/** A repository: `owner/name`, or `group/subgroup/name`, and whether the person may save there. */
export interface Repository {
  name: string;
  writable: boolean;
}

/** One page of repositories whose name contains `search`. */
export function repositories(number: number, search: string, signal: AbortSignal) {
  const query = new URLSearchParams({ page: String(number), searchQuery: search });
  return client.get<{ repositories: Repository[]; pagination: Pagination }>(`/api/threatmodel/repos?${query}`, signal);
}

/** One page of branches whose name contains `search`, the default branch first. */
export function branches(repository: string, number: number, search: string, signal: AbortSignal) {
  const query = new URLSearchParams({ page: String(number), searchQuery: search });
  return client.get<{ branches: Branch[]; pagination: Pagination }>(
    `${repositoryPath(repository)}/branches?${query}`,
    signal,
  );
}

export function models(repository: string, branch: string, signal: AbortSignal) {
  return client.get<string[]>(`${repositoryPath(repository, branch)}/models`, signal);
}

/** The model's JSON as it is in the file: written by anyone, so its shape is not known. */
export function model(repository: string, branch: string, name: string, signal: AbortSignal) {
  return client.get<unknown>(`${repositoryPath(repository, branch, name)}/data`, signal);
}

/** The model's very text, and its version; `commit` for what it was then. @throws {Problem} */
export async function modelText(at: ModelAddress, signal?: AbortSignal, commit?: string): Promise<Exact> {
  const query = commit === undefined ? '' : `?at=${commit}`;
  const { text, version } = await client.getExact(`${modelPath(at)}/data${query}`, signal);
  return { text: modelTextIn(text), version };
}

/** The version that a model is in now; null when that is `known` still. @throws {Problem} */
export async function newerVersion(at: ModelAddress, known: string, signal: AbortSignal): Promise<string | null> {
  const { version } = await client.getExact(`${modelPath(at)}/data`, signal, { 'If-None-Match': `"${known}"` });
  return version === known ? null : version;
}

/** Saves a model that was made from the version `base`: the answer's text is JSON. @throws {Problem} */
export function saveModel(at: ModelAddress, text: string, base: string, message?: string): Promise<Exact> {
  const headers = { 'Base-Version': `"${base}"`, ...commitHeaders(message) };
  return client.sendExact('PUT', `${modelPath(at)}/update`, text, headers);
}

/** Whether the person may save in a repository; true where that cannot be told beforehand. */
export async function mayWrite(repository: string, signal: AbortSignal): Promise<boolean> {
  const found = await repositories(1, repository, signal).catch(() => null);
  return found?.repositories.find(({ name }) => name === repository)?.writable ?? true;
}
