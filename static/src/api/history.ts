/// The server's calls about what a model was.
import type { ModelAddress } from '../routes.ts';
import { path } from './path.ts';
import { get, ofModel, type Schema } from './server.ts';

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
