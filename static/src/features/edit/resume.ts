/// A draft as a history again, as much of it as can be understood.
import { Document } from '../../model/document.ts';
import { History } from '../../model/history.ts';
import { soundSteps, stepsFromText } from '../../model/journal.ts';
import type { Draft } from './drafts.ts';

/** How much of a draft there is again: all, all but undoing, or only its first steps. */
export type Extent = 'all' | 'text' | 'part';

export interface Resumed {
  readonly history: History;
  readonly extent: Extent;
  /** What is saved, where it is known. */
  readonly saved: Document | null;
}

/** `saved` is the document with the text that is saved. Null when nothing of the draft can be understood. */
export function resumed(draft: Draft, saved: Document | null): Resumed | null {
  const tries: [Extent, (draft: Draft) => History][] = [
    ['all', all],
    ['text', (each) => History.of(Document.parse(each.text))],
    ['part', part],
  ];
  for (const [extent, read] of tries) {
    try {
      const history = read(draft);
      // Its documents share what has not changed, which makes comparing short.
      const isShared = extent !== 'text' && draft.base === draft.saved;
      return { history, extent, saved: isShared ? history.base : saved };
    } catch {
      // The next is tried.
    }
  }
  return null;
}

function all({ base, steps, done, text }: Draft): History {
  const history = History.replay(Document.parse(base), stepsFromText(steps), done);
  if (history.document.text() !== text) throw new Error('the steps make something else of it today');
  return history;
}

function part({ base, steps, done }: Draft): History {
  let history = History.of(Document.parse(base));
  for (const step of soundSteps(steps).slice(0, done)) {
    try {
      history = history.do(step);
    } catch {
      break;
    }
  }
  return history;
}
