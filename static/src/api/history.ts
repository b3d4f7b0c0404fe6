/// The server's calls about what a model was.
import type { ModelAddress } from '../routes.ts';
import type { Exact } from './client.ts';
import { commitHeaders, createModel } from './models.ts';
import { client, modelPath, type Pagination } from './server.ts';
import type { Subject } from './subject.ts';

/** A commit that changed a model. */
export interface Commit {
  readonly commit: string;
  readonly author: string;
  readonly email: string;
  /** RFC 3339. */
  readonly at: string;
  /** The first line of its message. */
  readonly message: string;
  /** Null where it deleted the model. */
  readonly version: string | null;
  readonly change: 'created' | 'changed' | 'deleted';
  /** What it changed, in a line; null where that cannot be told. */
  readonly summary: string | null;
}

/** A member with another value. */
export interface FieldChange {
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly named_before?: string;
  readonly named_after?: string;
  readonly cut?: boolean;
}

/** A change to one thing; `docs/diff.md` describes it. */
export interface Change {
  readonly subject: Subject;
  readonly kind: 'added' | 'removed' | 'changed' | 'moved' | 'retyped' | 'reordered' | 'rewritten';
  readonly aspect: 'meaning' | 'layout' | 'derived';
  readonly before?: string;
  readonly after?: string;
  readonly from?: Subject;
  readonly contents?: { readonly cells: number; readonly threats: number };
  readonly fields?: readonly FieldChange[];
}

export interface Comparison {
  readonly from: { readonly commit: string; readonly version: string };
  readonly to: { readonly commit: string; readonly version: string };
  readonly changes: readonly Change[];
}

/** The commits that changed a model, newest first. */
export function history(at: ModelAddress, page: number, signal?: AbortSignal) {
  return client.get<{ commits: readonly Commit[]; pagination: Pagination }>(
    `${modelPath(at)}/history?page=${page}`,
    signal,
  );
}

/** What is different between two commits. */
export function comparison(at: ModelAddress, from: string, to: string, signal?: AbortSignal) {
  return client.get<Comparison>(`${modelPath(at)}/diff?${new URLSearchParams({ from, to })}`, signal);
}

/** How many pages of a history are looked through for a commit. */
const PAGES_MAX = 10;

/** What is known of a commit and of the newest one, from the history; a commit may have changed other things only. */
export async function findCommit(at: ModelAddress, commit: string, signal: AbortSignal) {
  let newest: Commit | null = null;
  for (let page = 1; page <= PAGES_MAX; page += 1) {
    const { commits, pagination } = await history(at, page, signal);
    newest ??= commits[0] ?? null;
    const found = commits.find((each) => each.commit === commit);
    if (found || !pagination.next) return { found: found ?? null, newest };
  }
  return { found: null, newest };
}

/**
 * Saves a text in place of the version that is known here; where there is none, the model is made anew.
 * @throws {Problem} 412 or 409 where somebody has saved by now
 */
export function restore(at: ModelAddress, text: string, version: string | null, message: string): Promise<Exact> {
  if (version === null) return createModel(at, text, message);
  const headers = { 'If-Match': `"${version}"`, ...commitHeaders(message) };
  return client.sendExact('PUT', `${modelPath(at)}/update`, text, headers);
}
