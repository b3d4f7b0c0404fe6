/// Saving a model in another place than its own: what stands in the way there.
import { Problem } from '../../api/problem.ts';
import { t } from '../../i18n/translate.svelte.ts';
import { canBeSettled } from './collision.ts';
import type { Draft } from './drafts.ts';
import type { Home, Saved } from './home.ts';
import type { Keeping } from './keeping.svelte.ts';

/** The browser has a draft of that name already: nothing may be written over it. */
export function draftThere(): Problem {
  return new Problem(0, t('edit.draft-there'), t('edit.draft-there-detail'));
}

/**
 * Saves what is a `draft` in another place. The draft goes there, too: for undoing, and with what is not saved there.
 * @throws {Problem} when nothing was saved, or there is a draft there that is not saved
 */
export async function movedTo(home: Home, message: string, draft: () => Draft, keeping: Keeping): Promise<void> {
  const sent = draft();
  if (home.key !== sent.key && (await keeping.hasUnsaved(home.key))) throw draftThere();
  const saved = await savedOrCollided(home, sent, message);
  const there = { ...draft(), key: home.key, fileName: home.fileName };
  const isLate = there.text !== sent.text;
  if (saved && !saved.merged) {
    const { text, version } = saved;
    await keeping.writeElsewhere({ ...there, saved: text, version, changed: isLate });
  } else if (!saved || isLate) await keeping.writeElsewhere({ ...there, changed: true });
}

/** What was saved there; null where it collides and can be decided about there. @throws {Problem} */
async function savedOrCollided(home: Home, draft: Draft, message: string): Promise<Saved | null> {
  try {
    return await home.save(draft.text, { text: draft.saved, version: draft.version }, message);
  } catch (thrown) {
    if (canBeSettled(Problem.of(thrown))) return null;
    throw thrown;
  }
}
