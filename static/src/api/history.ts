/// The server's calls about what a model was.
import type { ModelAddress } from '../routes.ts';
import type { Exact } from './client.ts';
import { commitHeaders, createModel } from './models.ts';
import { path } from './path.ts';
import { get, ofModel, sendExact, type Schema } from './server.ts';

/** A commit that changed a model. */
export type Commit = Schema<'HistoryEntry'>;

/** A member with another value. */
export type FieldChange = Schema<'FieldDifference'>;

/** A change to one thing; `docs/diff.md` describes it. */
export type Change = Schema<'Difference'>;

export type Comparison = Schema<'Differences'>;

/** The commits that changed a model, newest first. */
export function history(at: ModelAddress, page: number, signal?: AbortSignal) {
  const address = path('/api/threatmodel/{organisation}/{repo}/{branch}/{model}/history', ofModel(at), { page });
  return get(address, signal);
}

/** What is different between two commits. */
export function comparison(at: ModelAddress, from: string, to: string, signal?: AbortSignal) {
  const address = path('/api/threatmodel/{organisation}/{repo}/{branch}/{model}/diff', ofModel(at), { from, to });
  return get(address, signal);
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
  const address = path('/api/threatmodel/{organisation}/{repo}/{branch}/{model}/update', ofModel(at));
  return sendExact('put', address, text, headers);
}
