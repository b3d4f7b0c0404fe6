/// What to say of a save that failed, and what can be done.
import type { Problem } from '../../api/problem.ts';
import { canBeSettled } from './collision.ts';
import { UNREAD } from './home.ts';

/** What a person can do about it. */
export type Remedy = 'again' | 'file' | 'theirs' | 'sign-in';

export interface Trouble {
  readonly heading: string;
  /** What happened, and what to do. */
  readonly sentences: readonly string[];
  readonly remedies: readonly Remedy[];
}

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
    const asked = canBeSettled(problem);
    return {
      heading: 'This collides with what others have saved',
      sentences: asked
        ? [safe, 'Say for each place which value is right, then save; all else is merged.']
        : [problem.detail, safe, 'Save yours as a file to compare, or load what is saved there now.'],
      remedies: ['file', 'theirs'],
    };
  }
  if (problem.status === 403) {
    return { heading: 'You may not save here', sentences: [problem.detail, safe], remedies: ['file'] };
  }
  if (problem.code === UNREAD) {
    return { heading: problem.title, sentences: [problem.detail, safe], remedies: ['theirs', 'again', 'file'] };
  }
  return {
    heading: `Not saved: ${problem.heading.charAt(0).toLowerCase()}${problem.heading.slice(1)}`,
    sentences: [problem.detail, safe, problem.advice],
    remedies: ['again', 'file'],
  };
}
