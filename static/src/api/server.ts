/// The server as this page calls it: one session, one client, and the calls that the API's description has.
import type { ModelAddress } from '../routes.ts';
import { Client, type Exact } from './client.ts';
import type { Address, BodyOf, DataOf, PathOf } from './path.ts';
import type { components } from './schema.d.ts';
import { Session } from './session.svelte.ts';

export const session = new Session(new BroadcastChannel('wyvern.session'));

const client = new Client(session, (input, init) => window.fetch(input, init));

/** What the description calls so. */
export type Schema<Name extends keyof components['schemas']> = components['schemas'][Name];

/** Which page of a listing there is around one. */
export type Pagination = Schema<'Pagination'>;

/** The `data` of the answer. @throws {Problem} */
export function get<P extends PathOf<'get'>>(address: Address<P>, signal?: AbortSignal): Promise<DataOf<'get', P>> {
  return client.get(address, signal);
}

/** The whole answer; see `Client`. @throws {Problem} */
export function getExact<P extends PathOf<'get'>>(address: Address<P>, signal?: AbortSignal): Promise<Exact> {
  return client.getExact(address, signal);
}

/** The whole answer, asked for without anybody having asked; see `Client`. @throws {Problem} */
export function peek<P extends PathOf<'get'>>(
  address: Address<P>,
  headers: Readonly<Record<string, string>>,
  signal?: AbortSignal,
): Promise<Exact> {
  return client.peek(address, headers, signal);
}

/** The `data` of the answer to a JSON body. @throws {Problem} */
export function post<P extends PathOf<'post'>>(
  address: Address<P>,
  body: BodyOf<'post', P>,
  signal?: AbortSignal,
): Promise<DataOf<'post', P>> {
  return client.post(address, body, signal);
}

/** Sends a text that is JSON already; see `Client`. @throws {Problem} */
export function sendExact<M extends 'post' | 'put' | 'delete', P extends PathOf<M>>(
  method: M,
  address: Address<P>,
  text: string | null,
  headers: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
): Promise<Exact> {
  return client.sendExact(VERBS[method], address, text, headers, signal);
}

/** What the answer holds does not matter. @throws {Problem} */
export function remove<P extends PathOf<'delete'>>(address: Address<P>): Promise<void> {
  return client.delete(address);
}

const VERBS = { post: 'POST', put: 'PUT', delete: 'DELETE' } as const;

/** A repository's name in an address: the owner ends at the first `/`; what follows is one segment. */
export function inRepository(repository: string) {
  const slash = repository.indexOf('/');
  return { organisation: repository.slice(0, slash), repo: repository.slice(slash + 1) };
}

/** A branch's name in an address. */
export function inBranch(repository: string, branch: string) {
  return { ...inRepository(repository), branch };
}

/** A model's name in an address. */
export function ofModel({ repository, branch, model }: Omit<ModelAddress, 'provider'>) {
  return { ...inBranch(repository, branch), model };
}
