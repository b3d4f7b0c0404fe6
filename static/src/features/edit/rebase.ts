/// Bringing steps that were done meanwhile onto a document that others have changed.
import type { Document } from '../../model/document.ts';
import { History, type Step } from '../../model/history.ts';
import { OperationError } from '../../model/operation.ts';
import { isCellEnd } from '../../model/views.ts';
import { carried, collide } from './carry.ts';
import { numbered } from './merge.ts';

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

/**
 * What has been done since `saved` (when `since` was the history, where that is known) upon theirs. Null where that
 * touches what others have changed: then somebody has to decide.
 */
export function rebased(saved: Document, since: History | null, now: History, theirs: Document): History | null {
  if (collide(saved, now.document, theirs)) return null;
  const found =
    since === null || lacksSome(since, now) ? carriedOver(saved, now, theirs) : stepsOnto(since, now, theirs);
  return found && (isSound(found.document) || !isSound(now.document)) ? found : null;
}

function carriedOver(saved: Document, now: History, theirs: Document): History {
  return History.of(numbered(carried(saved, now.document, theirs), theirs));
}

function stepsOnto(since: History, now: History, theirs: Document): History | null {
  const { history, refused } = onto(theirs, laterSteps(since, now));
  return refused.length === 0 ? history : null;
}

/** Whether no flow ends at a cell that is not there. */
function isSound(document: Document): boolean {
  return document.diagrams.every((diagram) =>
    diagram.cells.every(({ source, target }) =>
      [source, target].every((end) => !isCellEnd(end) || diagram.cell(end.cell) !== undefined),
    ),
  );
}
