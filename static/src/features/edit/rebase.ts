/// The steps that can still be undone after a merge.
import type { Document } from '../../model/document.ts';
import { History, type Step } from '../../model/history.ts';
import { equal } from '../../model/json/equal.ts';
import { OperationError } from '../../model/operation.ts';

/** The steps that are done in one history and not in an earlier one. */
export function laterSteps(earlier: History, now: History): readonly Step[] {
  const sent = new Set(earlier.steps.slice(0, earlier.done));
  return now.steps.slice(0, now.done).filter((step) => !sent.has(step));
}

/**
 * A history that ends with what was merged. It has the steps since `since` upon theirs, where they lead to the same:
 * only then are they what undoing takes back.
 */
export function leadingTo(merged: Document, theirs: Document, since: History | null, now: History): History {
  const found = since && replayed(theirs, laterSteps(since, now));
  return found && equal(found.document.root, merged.root) ? found : History.of(merged);
}

function replayed(document: Document, steps: readonly Step[]): History | null {
  try {
    return steps.reduce((history, step) => history.do(step), History.of(document));
  } catch (thrown) {
    if (thrown instanceof OperationError) return null;
    throw thrown;
  }
}
