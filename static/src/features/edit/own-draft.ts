/// Which draft of a model a tab has for itself: the one that it had before it was loaded again, or one that waits with
/// changes, or else the first that no tab has.
import { recallInTab, rememberInTab } from '../../api/tab-storage.ts';
import { holdDraft, PATIENCE } from './draft-lock.ts';
import { draftsOf, keysOf } from './provider-drafts.ts';

/** Where the tab remembers which it has. */
const REMEMBERED = 'wyvern.draft';
/** How long is waited for one that nothing waits in, in milliseconds: the next does as well. */
const BRIEFLY = 20;

export interface OwnDraft {
  readonly key: string;
  /** Lets other tabs have it. */
  readonly release: () => void;
}

/** `first`: the key of the first tab's draft. Null when more tabs have the model than may keep drafts. */
export async function ownDraft(first: string): Promise<OwnDraft | null> {
  const all = keysOf(first);
  const before = all.filter((key) => key === recallInTab(REMEMBERED));
  const waiting = (await draftsOf(first)).filter(({ changed }) => changed).map(({ key }) => key);
  // What is not saved comes before what is only there for undoing.
  const wanted = [...before.filter((key) => waiting.includes(key)), ...waiting, ...before, first];
  for (const key of new Set([...wanted, ...all])) {
    const release = await holdDraft(key, wanted.includes(key) ? PATIENCE : BRIEFLY);
    if (!release) continue;
    rememberInTab(REMEMBERED, key);
    return { key, release };
  }
  return null;
}
