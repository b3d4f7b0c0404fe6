/// What is kept of a model that is worked on, for going on from there.
import type { History } from '../../model/history.ts';
import { stepsToText } from '../../model/journal.ts';
import type { Draft } from './drafts.ts';
import type { Work } from './work.svelte.ts';

/** What of a work a draft says besides its steps. */
type Worked = Pick<Work, 'home' | 'title' | 'savedText' | 'version' | 'changed'>;

/** `at`: when it is made, in milliseconds since the epoch. */
export function draftOf({ home, title, savedText, version, changed }: Worked, history: History, at: number): Draft {
  return {
    key: home.key,
    fileName: home.fileName,
    title,
    base: history.base.text(),
    saved: savedText,
    version,
    steps: stepsToText(history.steps),
    done: history.done,
    text: history.document.text(),
    changed,
    at,
    handle: home.handle ?? null,
  };
}
