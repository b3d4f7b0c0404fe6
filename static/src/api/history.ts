/// The server's calls about what a model was.
import type { ModelAddress } from '../routes.ts';
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
