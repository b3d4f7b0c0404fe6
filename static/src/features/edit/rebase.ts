/// Bringing steps that were done meanwhile onto a document that others have changed.
import type { Document } from '../../model/document.ts';
import { History, type Step } from '../../model/history.ts';
import { OperationError } from '../../model/operation.ts';

/** The steps that are done in one history and not in an earlier one. */
export function laterSteps(earlier: History, now: History): readonly Step[] {
  const sent = new Set(earlier.steps.slice(0, earlier.done));
  return now.steps.slice(0, now.done).filter((step) => !sent.has(step));
}

/** Whether a step that was done in the earlier history is done no more, or has become part of another. */
export function lacksSome(earlier: History, now: History): boolean {
  const done = new Set(now.steps.slice(0, now.done));
  return earlier.steps.slice(0, earlier.done).some((step) => !done.has(step));
}

/** A history that begins with the document and does the steps on it, but for those that do not fit. */
export function onto(document: Document, steps: readonly Step[]): { history: History; refused: readonly Step[] } {
  let history = History.of(document);
  const refused: Step[] = [];
  for (const step of steps) {
    try {
      history = history.do(step);
    } catch (thrown) {
      if (!(thrown instanceof OperationError)) throw thrown;
      refused.push(step);
    }
  }
  return { history, refused };
}
