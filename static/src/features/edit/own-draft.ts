/// Which draft of a model a tab has for itself: one that waits with changes, or else the first that no tab has.
import { holdDraft, PATIENCE } from './draft-lock.ts';
import { draftsOf, keysOf } from './provider-drafts.ts';

/** How long is waited for one that nothing waits in, in milliseconds: the next does as well. */
const BRIEFLY = 20;

export interface OwnDraft {
  readonly key: string;
  /** Lets other tabs have it. */
  readonly release: () => void;
}

/** `first`: the key of the first tab's draft. Null when more tabs have the model than may keep drafts. */
export async function ownDraft(first: string): Promise<OwnDraft | null> {
  const waiting = (await draftsOf(first)).filter(({ changed }) => changed).map(({ key }) => key);
  for (const key of new Set([...waiting, ...keysOf(first)])) {
    const isWorthWaiting = key === first || waiting.includes(key);
    const release = await holdDraft(key, isWorthWaiting ? PATIENCE : BRIEFLY);
    if (release) return { key, release };
  }
  return null;
}
