/// What to say of a save that failed, and what can be done.
import type { Conflict } from '../../api/conflict.ts';
import { Problem } from '../../api/problem.ts';
import { t } from '../../i18n/translate.svelte.ts';
import { canBeSettled } from './collision.ts';
import { UNREAD } from './home.ts';
import { UNREADABLE_THERE } from './reading.ts';

/** What a person can do about it. */
export type Remedy = 'again' | 'file' | 'theirs' | 'sign-in' | 'sign-in-beside' | 'branch' | 'model';

export interface Trouble {
  readonly heading: string;
  /** What happened, and what to do. */
  readonly sentences: readonly string[];
  readonly remedies: readonly Remedy[];
}

/** Why one may not save, as long as the page is open: not in this repository, or not in this branch. */
export interface Refusal {
  readonly why: 'reader' | 'protected';
}

/** The refusal that a problem is, where it is one that stays: what else is forbidden may be allowed the next time. */
export function refusalOf({ status, code }: Problem): Refusal | null {
  return status === 403 && code === 'branch_protected' ? { why: 'protected' } : null;
}

export function refusalWords({ why }: Refusal): string {
  return t(`edit.refusal-${why}`);
}

/** What trying again by itself does not mend. */
const LASTING: ReadonlySet<string> = new Set([UNREAD, UNREADABLE_THERE]);

/** Whether it may be tried again by itself: nobody has said no. */
export function passes(problem: Problem | null): boolean {
  return problem !== null && !LASTING.has(problem.code) && (problem.status === 0 || problem.status >= 502);
}

export function troubleOf(problem: Problem, draftKept: boolean): Trouble {
  const safe = t(draftKept ? 'edit.safe' : 'edit.unsafe');
  switch (problem.status) {
    case 401:
      return {
        heading: t('edit.trouble-signed-out'),
        sentences: [safe, t('edit.trouble-signed-out-advice')],
        remedies: ['sign-in', 'sign-in-beside', 'file'],
      };
    case 403:
      return refused(problem, safe);
    case 404:
      return {
        heading: t('edit.trouble-gone'),
        sentences: [t('edit.trouble-gone-detail'), safe],
        remedies: ['model', 'file'],
      };
    case 409:
      return collided(problem, safe);
    default:
      return failed(problem, safe);
  }
}

function refused(problem: Problem, safe: string): Trouble {
  const isProtected = refusalOf(problem) !== null;
  return {
    heading: t(isProtected ? 'edit.trouble-protected' : 'edit.trouble-forbidden'),
    sentences: [isProtected ? t('edit.refusal-protected') : problem.detail, safe],
    remedies: isProtected ? ['branch', 'file'] : ['again', 'branch', 'file'],
  };
}

function collided(problem: Problem, safe: string): Trouble {
  const told = canBeSettled(problem)
    ? [safe, t('edit.trouble-collision-advice')]
    : [problem.detail, safe, t('edit.trouble-collision-unknown')];
  return { heading: t('edit.trouble-collision'), sentences: told, remedies: ['branch', 'file', 'theirs'] };
}

function failed(problem: Problem, safe: string): Trouble {
  if (problem.code === UNREADABLE_THERE) {
    return { heading: problem.title, sentences: [problem.detail, safe], remedies: ['again', 'file'] };
  }
  if (problem.code === UNREAD) {
    return { heading: problem.title, sentences: [problem.detail, safe], remedies: ['theirs', 'again', 'file'] };
  }
  const heading = t('edit.trouble-failed', { why: problem.heading });
  return { heading, sentences: [problem.detail, safe, problem.advice], remedies: ['again', 'file'] };
}

/** More collides than was asked about: all of it is asked. What collides in spite of an answer cannot be decided here. */
export function unsettled(
  asked: readonly Conflict[],
  found: Pick<Problem, 'conflicts' | 'conflictCount'>,
  version: string,
): Problem {
  const more = newOnes(asked, found.conflicts);
  const conflicts = more.length < found.conflicts.length ? [] : [...asked, ...more];
  const conflictCount = conflicts.length === 0 ? 0 : asked.length + found.conflictCount;
  return new Problem(409, '', '', { conflicts, conflictCount, version });
}

/** Those of the collisions that were found which had not been asked about. */
export function newOnes(asked: readonly Conflict[], found: readonly Conflict[]): readonly Conflict[] {
  const nameOf = ({ place, field, trouble }: Conflict) => JSON.stringify([place, field, trouble]);
  const known = new Set(asked.map(nameOf));
  return found.filter((conflict) => !known.has(nameOf(conflict)));
}
