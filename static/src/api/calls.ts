/// The server's calls that this app makes, by name.
import { t } from '../i18n/translate.svelte.ts';
import type { Provider } from '../providers.ts';
import type { ModelAddress } from '../routes.ts';
import type { Exact } from './client.ts';
import { commitHeaders } from './models.ts';
import { Problem } from './problem.ts';
import { modelIn } from './envelope.ts';
import { path } from './path.ts';
import { get, getExact, inBranch, inRepository, ofModel, peek, post, remove, sendExact, session } from './server.ts';
import type { Schema } from './server.ts';
import type { Person } from './session.svelte.ts';

const SESSION = path('/api/session', {});

export type Branch = Schema<'Branch'>;

/** Which ways to sign in the server offers, and which languages. */
export type ServerConfig = Omit<Schema<'Offer'>, 'googleEnabled'>;

/** What somebody with an account types. */
export type Account = Schema<'Credentials'>;

export { session };

let asked: Promise<ServerConfig> | null = null;

/** The server is asked once: it answers the same as long as it runs. After a failure it is asked again. */
export function config(): Promise<ServerConfig> {
  asked ??= get(path('/api/config', {})).catch((thrown: unknown) => {
    asked = null;
    throw thrown;
  });
  return asked;
}

/** Asks the server who is signed in; that nobody is, is an answer too, which is known where nobody ever was. */
export async function findOutWho(signal: AbortSignal): Promise<void> {
  if (!session.isLikely) {
    session.end('signed-out');
    return;
  }
  try {
    session.hold(personOf(await get(SESSION, signal)));
  } catch (thrown) {
    if (!(thrown instanceof Problem && thrown.status === 401)) throw thrown;
    session.end('signed-out');
  }
}

/** Leaves this page for the provider's; the way back is `#/oauth-return`. */
export async function beginSignIn(provider: Provider, returnTo: string, account?: Account): Promise<void> {
  const login = path('/api/login/{provider}', { provider });
  const url = await (account ? post(login, account) : get(login));
  if (!/^https?:$/.test(new URL(url, window.location.href).protocol)) {
    throw new Problem(0, t('problems.no-web-page'), url);
  }
  session.leaveFor(returnTo);
  window.location.assign(url);
}

/** Trades the code that came back, of whichever provider, for a session. */
export async function completeSignIn(code: string, signal: AbortSignal): Promise<void> {
  session.hold(personOf(await post(SESSION, { code }, signal)));
  session.announce();
}

/** The server must hear of it: no script can remove the cookie. @throws {Problem} then one is still signed in */
export async function signOut(): Promise<void> {
  await remove(SESSION);
  session.end('signed-out');
  session.announce();
}

/** A repository: `owner/name`, or `group/subgroup/name`, and whether the person may save there. */
export type Repository = Schema<'Repository'>;

/** One page of repositories whose name contains `search`. */
export function repositories(number: number, search: string, signal: AbortSignal) {
  return get(path('/api/threatmodel/repos', {}, { page: number, searchQuery: search }), signal);
}

/** One page of branches whose name contains `search`, the default branch first. */
export function branches(repository: string, number: number, search: string, signal: AbortSignal) {
  const query = { page: number, searchQuery: search };
  return get(path('/api/threatmodel/{organisation}/{repo}/branches', inRepository(repository), query), signal);
}

export function models(repository: string, branch: string, signal: AbortSignal) {
  return get(path('/api/threatmodel/{organisation}/{repo}/{branch}/models', inBranch(repository, branch)), signal);
}

/** The model's JSON as it is in the file: written by anyone, so its shape is not known. */
export function model(repository: string, branch: string, name: string, signal: AbortSignal): Promise<unknown> {
  return get(dataOf({ repository, branch, model: name }), signal);
}

/** The model's very text, and its version; `commit` for what it was then. @throws {Problem} */
export async function modelText(at: ModelAddress, signal?: AbortSignal, commit?: string): Promise<Exact> {
  const { text, version } = await getExact(dataOf(at, commit), signal);
  return { text: modelIn(text), version };
}

/** The version that a model is in now; null when that is `known` still. Ends no session. @throws {Problem} */
export async function newerVersion(at: ModelAddress, known: string, signal?: AbortSignal): Promise<string | null> {
  const { version } = await peek(dataOf(at), { 'If-None-Match': `"${known}"` }, signal);
  return version === known ? null : version;
}

/** Saves a model that was made from the version `base`: the answer's text is JSON. @throws {Problem} */
export function saveModel(at: ModelAddress, text: string, base: string, message?: string): Promise<Exact> {
  const headers = { 'Base-Version': `"${base}"`, ...commitHeaders(message) };
  const address = path('/api/threatmodel/{organisation}/{repo}/{branch}/{model}/update', ofModel(at));
  return sendExact('put', address, text, headers);
}

/** Whether the person may save in a repository; true where that cannot be told beforehand. */
export async function mayWrite(repository: string, signal: AbortSignal): Promise<boolean> {
  const found = await repositories(1, repository, signal).catch(() => null);
  return found?.repositories.find(({ name }) => name === repository)?.writable ?? true;
}

/** The address of a provider's own pages, without a slash at its end. @throws {Problem} */
export async function webAddress(provider: Provider): Promise<string> {
  const { text } = await getExact(path('/api/threatmodel/organisation', {}, { provider }));
  const { protocol, hostname, port } = JSON.parse(text) as Schema<'Organisation'>;
  if (!/^https?$/.test(protocol)) throw new Problem(0, t('problems.no-web-page'), protocol);
  return `${protocol}://${hostname}${port && `:${port}`}`;
}

function dataOf(at: Omit<ModelAddress, 'provider'>, commit?: string) {
  const then = commit === undefined ? {} : { at: commit };
  return path('/api/threatmodel/{organisation}/{repo}/{branch}/{model}/data', ofModel(at), then);
}

/** The server's own names of the providers are those that this page knows. */
function personOf({ provider, username }: Schema<'Who'>): Person {
  return { provider: provider as Provider, username };
}
