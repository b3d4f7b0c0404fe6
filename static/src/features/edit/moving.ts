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
 * Saves what is a `draft` in another place, where nobody else is at work. The draft goes there, too: for undoing, and
 * with what is not saved there. True when it was saved whole there, without what others have saved and it collides
 * with. @throws {Problem} when nothing was saved, or there is a draft there that is not saved
 */
export async function movedTo(home: Home, message: string, draft: () => Draft, keeping: Keeping): Promise<boolean> {
  const sent = draft();
  if (home.key !== sent.key && (await keeping.hasUnsaved(home.key))) throw draftThere();
  const { saved, isWhole } = await savedOrCollided(home, sent, message);
  const there = { ...draft(), key: home.key, fileName: home.fileName };
  const isLate = there.text !== sent.text;
  if (saved && !saved.merged) {
    const { text, version } = saved;
    await keeping.writeElsewhere({ ...there, saved: text, version, changed: isLate });
  } else if (!saved || isLate) await keeping.writeElsewhere({ ...there, changed: true });
  return isWhole;
}

/** What was saved there, and whether it is whole; nothing where it collides and can be decided about there. */
interface Attempt {
  readonly saved: Saved | null;
  readonly isWhole: boolean;
}

/** What collides and cannot be decided about would have no way out: it is saved as it is. @throws {Problem} */
async function savedOrCollided(home: Home, { text, saved, version }: Draft, message: string): Promise<Attempt> {
  try {
    return { saved: await home.save(text, { text: saved, version }, message), isWhole: false };
  } catch (thrown) {
    const problem = Problem.of(thrown);
    if (canBeSettled(problem)) return { saved: null, isWhole: false };
    if (problem.status !== 409 || problem.conflictCount === 0) throw thrown;
    return { saved: await home.save(text, await home.read(), message), isWhole: true };
  }
}
