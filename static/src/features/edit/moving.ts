/// Saving a model in another place than its own: what stands in the way there.
import { Problem } from '../../api/problem.ts';
import { t } from '../../i18n/translate.svelte.ts';
import { canBeSettled } from './collision.ts';
import type { Home, Saved, Version } from './home.ts';

/** The browser has a draft of that name already: nothing may be written over it. */
export function draftThere(): Problem {
  return new Problem(0, t('edit.draft-there'), t('edit.draft-there-detail'));
}

/** What was saved there; null where it collides and can be decided about there. @throws {Problem} */
export async function savedOrCollided(home: Home, text: string, base: Version, message: string): Promise<Saved | null> {
  try {
    return await home.save(text, base, message);
  } catch (thrown) {
    if (canBeSettled(Problem.of(thrown))) return null;
    throw thrown;
  }
}
