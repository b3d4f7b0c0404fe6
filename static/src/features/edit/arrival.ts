/// What others have saved of a model since a version of it: whose commits, and what each has changed.
import { comparison, history, type Change, type Commit } from '../../api/history.ts';
import { formatList } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.svelte.ts';
import type { ModelAddress } from '../../routes.ts';

/** What others have saved that is in the model now: what one had before, and the commit that it came with. */
export interface Arrival {
  /** A version of the model. */
  readonly since: string;
  /** One's own; empty where nothing of one's own was saved with it. */
  readonly commit: string;
}

/** A commit with the one before it, where that is known. */
export interface Arrived {
  readonly commit: Commit;
  readonly before: Commit | null;
}

export interface Arrivals {
  /** The newest first. */
  readonly arrived: readonly Arrived[];
  /** Whether these are all; there may be more than one page tells. */
  readonly isComplete: boolean;
}

/** The commits of others since then. */
export async function arrivalsSince(at: ModelAddress, { since, commit: own }: Arrival): Promise<Arrivals> {
  const { commits, pagination } = await history(at, 1);
  return arrivalsIn(commits, { since, commit: own }, pagination.next);
}

/** Of the commits of a model, the newest first, those since a version but one's own; `hasMore` where these are not all. */
export function arrivalsIn(commits: readonly Commit[], { since, commit: own }: Arrival, hasMore: boolean): Arrivals {
  const known = commits.findIndex(({ version }) => version === since);
  const arrived = commits
    .slice(0, known < 0 ? commits.length : known)
    .map((commit, index) => ({ commit, before: commits[index + 1] ?? null }))
    .filter(({ commit }) => commit.commit !== own);
  return { arrived, isComplete: known >= 0 || !hasMore };
}

/** What a commit has changed; null where that cannot be told. */
export async function changesOf(
  at: ModelAddress,
  { commit, before }: Arrived,
  signal: AbortSignal,
): Promise<readonly Change[] | null> {
  if (!before || commit.version === null || before.version === null) return null;
  return (await comparison(at, before.commit, commit.commit, signal)).changes;
}

/** That others have saved, who, and how often. */
export function arrivalWords(arrivals: Arrivals): string {
  const authors = formatList(authorsOf(arrivals));
  return authors === ''
    ? t('edit.about-behind-somebody')
    : t('edit.about-behind', { count: countOf(arrivals), authors });
}

/** How many commits those are; one at least. */
export function countOf({ arrived }: Arrivals): number {
  return Math.max(1, arrived.length);
}

/** The authors, each once, the one of the newest first. */
export function authorsOf({ arrived }: Arrivals): string[] {
  return [...new Set(arrived.map(({ commit }) => commit.author))];
}
