/// What to say of a save that failed, and what can be done.
import type { Conflict, Problem } from '../../api/problem.ts';

/** What a person can do about it. */
export type Remedy = 'again' | 'file' | 'theirs' | 'sign-in';

export interface Trouble {
  readonly heading: string;
  /** What happened, and what to do. */
  readonly sentences: readonly string[];
  readonly remedies: readonly Remedy[];
}

/** How changes collide, by the server's word for it. */
const COLLISIONS = new Map([
  ['both_changed', 'both have changed it'],
  ['both_added', 'both have added it'],
  ['deleted_by_us', 'you have deleted it, they have changed it'],
  ['deleted_by_them', 'they have deleted it, you have changed it'],
  ['needed_by_us', 'they have deleted it, you have drawn a flow to it'],
  ['needed_by_them', 'you have deleted it, they have drawn a flow to it'],
  ['incompatible', 'both changes do not go together'],
]);

export function troubleOf(problem: Problem, draftKept: boolean): Trouble {
  const safe = draftKept
    ? 'Your changes are kept on this computer as a draft.'
    : 'Your changes are only in this page: save them as a file before you close it.';
  if (problem.status === 401) {
    return {
      heading: 'Your sign-in has ended',
      sentences: [safe, 'Sign in again and you are back here.'],
      remedies: ['sign-in', 'file'],
    };
  }
  if (problem.status === 409) {
    return {
      heading: 'This collides with what others have saved',
      sentences: [problem.detail, safe, 'Save yours as a file to compare, or load what is saved there now.'],
      remedies: ['file', 'theirs', 'again'],
    };
  }
  if (problem.status === 403) {
    return { heading: 'You may not save here', sentences: [problem.detail, safe], remedies: ['file'] };
  }
  return {
    heading: `Not saved: ${problem.heading.charAt(0).toLowerCase()}${problem.heading.slice(1)}`,
    sentences: [problem.detail, safe, problem.advice],
    remedies: ['again', 'file'],
  };
}

/** One collision in words, such as `Paying › Shop › severity: both have changed it`. */
export function collision({ subject, field, trouble }: Conflict): string {
  const place = [...(subject.length > 0 ? subject : ['The model']), ...(field === '' ? [] : [field])].join(' › ');
  const how = COLLISIONS.get(trouble);
  return how === undefined ? place : `${place}: ${how}`;
}
