/// Saving a model in another place than its own: what stands in the way there.
import { Problem } from '../../api/problem.ts';
import { t } from '../../i18n/translate.svelte.ts';
import { canBeSettled } from './collision.ts';
import type { History } from '../../model/history.ts';
import type { Draft } from './drafts.ts';
import type { Home, Saved, Version } from './home.ts';
import type { Keeping } from './keeping.svelte.ts';

/** The browser has a draft of that name already: nothing may be written over it. */
export function draftThere(): Problem {
  return new Problem(0, t('edit.draft-there'), t('edit.draft-there-detail'));
}

/** What was saved there; null where it collides and can be decided about there. @throws {Problem} */
async function savedOrCollided(home: Home, text: string, base: Version, message: string): Promise<Saved | null> {
  try {
    return await home.save(text, base, message);
  } catch (thrown) {
    if (canBeSettled(Problem.of(thrown))) return null;
    throw thrown;
  }
}

/** What moves. */
interface Moving {
  saved: Version;
  keeping: Keeping;
  history: () => History;
  draft: (history: History) => Draft;
}

/** Saves it there, with a draft of what is not saved there. @throws {Problem} */
export async function moved(home: Home, message: string, { saved: base, keeping, history, draft }: Moving) {
  if (await keeping.hasUnsaved(home.key)) throw draftThere();
  const sent = history();
  const saved = await savedOrCollided(home, sent.document.text(), base, message);
  const now = history();
  const there = { ...draft(now), key: home.key, fileName: home.fileName };
  if (saved && !saved.merged) {
    const { text, version } = saved;
    await keeping.writeElsewhere({ ...there, saved: text, version, changed: now !== sent });
  } else if (!saved || now !== sent) await keeping.writeElsewhere({ ...there, changed: true });
}
