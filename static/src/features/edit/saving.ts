/// What saving means for who presses it: while collisions are decided about, it waits until all of them are. And the
/// way out that is always there: a file.
import { saveAs } from './file-access.ts';
import type { Work } from './work.svelte.ts';

/** Saves, or settles what collides once all is decided. True when everything is saved now. */
export async function saveNow(work: Work): Promise<boolean> {
  const { problem, decisions } = work;
  if (!problem || !decisions.asks(problem)) return work.save();
  const choice = decisions.choiceFor(problem);
  return choice !== null && work.settle(choice);
}

/** Saves all that is there now as a file beside: also what is typed and not entered yet. */
export function saveCopy(work: Work): Promise<unknown> {
  work.editor.enterTyped();
  return saveAs(work.home.fileName, work.editor.document.text());
}
