/// The server's calls about whole models in a branch: what they look like from outside, making, renaming, deleting.
import type { ModelAddress } from '../routes.ts';
import type { Exact } from './client.ts';
import { path } from './path.ts';
import { inBranch, ofModel, post, sendExact, type Schema } from './server.ts';

/** The kinds of boxes of a small picture. */
export type BoxKind = Schema<'BoxKind'>;

/** The first diagram of a model, as boxes and lines in its own units; `left`, `top` are its upper corner. */
export type Drawing = Schema<'Drawing'>;

/** What a list shows of a model; `problem` is why nothing more is known of it, or null. */
export type Card = Schema<'Card'>;

/** How many models one call of `cards` may name. */
export const CARDS_MAX = 50;

/** What lists show of models, in the order of `names`; with when they were last changed where that is asked for. */
export function cards(
  repository: string,
  branch: string,
  names: readonly string[],
  changed: boolean,
  signal: AbortSignal,
) {
  const address = path('/api/threatmodel/{organisation}/{repo}/{branch}/models/cards', inBranch(repository, branch));
  return post(address, { models: names, changed }, signal);
}

/** Makes a model of a text that is one; 409 where there is one of this name. Gives its version. @throws {Problem} */
export function createModel(at: ModelAddress, text: string, message?: string): Promise<Exact> {
  const address = path('/api/threatmodel/{organisation}/{repo}/{branch}/{model}/create', ofModel(at));
  return sendExact('post', address, text, commitHeaders(message));
}

/** Gives a model another name, whatever version it is in. Gives its version. @throws {Problem} */
export function renameModel(at: ModelAddress, name: string): Promise<Exact> {
  const address = path('/api/threatmodel/{organisation}/{repo}/{branch}/{model}/rename', ofModel(at));
  return sendExact('post', address, JSON.stringify({ name }));
}

/** Deletes a model in the version that is known here. @throws {Problem} 412 where it has another one by now */
export function deleteModel(at: ModelAddress, version: string): Promise<Exact> {
  const address = path('/api/threatmodel/{organisation}/{repo}/{branch}/{model}', ofModel(at));
  return sendExact('delete', address, null, { 'If-Match': `"${version}"` });
}

/** Makes a branch where another one stands. @throws {Problem} 409 where there is one of this name */
export function createBranch(repository: string, name: string, from: string): Promise<Exact> {
  const address = path('/api/threatmodel/{organisation}/{repo}/{branch}/createBranch', inBranch(repository, name));
  return sendExact('post', address, JSON.stringify({ refBranch: from }));
}

/** What a save says besides: the first line of the commit's message, where the person gave one. */
export function commitHeaders(message: string | undefined): Record<string, string> {
  return message === undefined || message === '' ? {} : { 'Commit-Message': encodeURIComponent(message) };
}
