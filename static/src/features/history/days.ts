/// The commits of a history by the day that they were made on.
import type { Commit } from '../../api/history.ts';

export interface Day {
  /** When its newest commit was made. */
  readonly at: Date;
  readonly commits: readonly Commit[];
}

/** The days as the person's clock has them; a commit that is out of order begins a day of its own. */
export function daysOf(commits: readonly Commit[]): readonly Day[] {
  const days: { at: Date; commits: Commit[] }[] = [];
  for (const commit of commits) {
    const at = new Date(commit.at);
    const last = days.at(-1);
    if (last && last.at.toDateString() === at.toDateString()) last.commits.push(commit);
    else days.push({ at, commits: [commit] });
  }
  return days;
}

/** The first characters of a commit's id, as people tell them apart. */
export function shortId(commit: string): string {
  return commit.slice(0, 8);
}
