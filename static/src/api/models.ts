/// The server's calls about whole models in a branch: what they look like from outside, making, renaming, deleting.
import type { ModelAddress } from '../routes.ts';
import type { Exact } from './client.ts';
import { client, modelPath, repositoryPath } from './server.ts';

/** The kinds of boxes of a small picture. */
export type BoxKind = 'actor' | 'process' | 'store' | 'text' | 'boundary' | 'unknown';

/** The first diagram of a model, as boxes and lines in its own units; `left`, `top` are its upper corner. */
export interface Drawing {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly { kind: BoxKind; x: number; y: number; width: number; height: number }[];
  readonly lines: readonly { kind: 'flow' | 'boundary'; points: readonly (readonly [number, number])[] }[];
}

/** What a list shows of a model. */
export interface Card {
  readonly model: string;
  /** Why nothing more is known of it: it is not there any more, or no threat model; null when more is. */
  readonly problem: 'missing' | 'unreadable' | null;
  readonly title: string;
  readonly owner: string;
  readonly diagrams: number;
  readonly elements: number;
  readonly threats: number;
  readonly open: number;
  /** Open threats by severity. */
  readonly severities: Readonly<Record<'critical' | 'high' | 'medium' | 'low' | 'tbd', number>>;
  /** The last commit that changed it; null where that was not asked for or is not known. */
  readonly changed: { readonly at: string; readonly author: string; readonly commit: string } | null;
  readonly drawing: Drawing | null;
}

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
  const path = `${repositoryPath(repository, branch)}/models/cards`;
  return client.post<readonly Card[]>(path, { models: names, changed }, signal);
}

/** Makes a model of a text that is one; 409 where there is one of this name. Gives its version. @throws {Problem} */
export function createModel(at: ModelAddress, text: string, message?: string): Promise<Exact> {
  return client.sendExact('POST', `${modelPath(at)}/create`, text, commitHeaders(message));
}

/** Gives a model another name, whatever version it is in. Gives its version. @throws {Problem} */
export function renameModel(at: ModelAddress, name: string): Promise<Exact> {
  return client.sendExact('POST', `${modelPath(at)}/rename`, JSON.stringify({ name }), {});
}

/** Deletes a model in the version that is known here. @throws {Problem} 412 where it has another one by now */
export function deleteModel(at: ModelAddress, version: string): Promise<Exact> {
  return client.sendExact('DELETE', modelPath(at), null, { 'If-Match': `"${version}"` });
}

/** Makes a branch where another one stands. @throws {Problem} 409 where there is one of this name */
export function createBranch(repository: string, name: string, from: string): Promise<Exact> {
  const path = `${repositoryPath(repository, name)}/createBranch`;
  return client.sendExact('POST', path, JSON.stringify({ refBranch: from }), {});
}

/** What a save says besides: the first line of the commit's message, where the person gave one. */
export function commitHeaders(message: string | undefined): Record<string, string> {
  return message === undefined || message === '' ? {} : { 'Commit-Message': encodeURIComponent(message) };
}
