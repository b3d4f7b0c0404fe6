/// The drafts of models that are kept with a provider: which is whose, and how one follows its model to another name.
import type { Person } from '../../api/session.svelte.ts';
import { href, parsePlace, type ModelAddress } from '../../routes.ts';
import { holdDraft } from './draft-lock.ts';
import { drafts, type Draft } from './drafts.ts';

/** The key of the draft that a person has of a model. */
export function draftKey({ provider, repository, branch, model }: ModelAddress, { username }: Person): string {
  return `${username} ${href({ page: 'model', provider, repository, branch, model })}`;
}

/** The model that a draft of this person is of; null when it is of something else, or another person's. */
export function modelOfDraft({ key }: Draft, { provider, username }: Person): ModelAddress | null {
  if (!key.startsWith(`${username} #`)) return null;
  const place = parsePlace(key.slice(username.length + 1));
  return place.page === 'model' && place.provider === provider ? place : null;
}

/** Whether this browser has changes of a model that are not saved. */
export async function hasUnsaved(at: ModelAddress, person: Person): Promise<boolean> {
  const draft = await drafts.get(draftKey(at, person)).catch(() => undefined);
  return draft?.changed ?? false;
}

/** Lets nobody work on the draft of a model meanwhile; null when another tab does. */
export function holdModel(at: ModelAddress, person: Person): Promise<(() => void) | null> {
  return holdDraft(draftKey(at, person));
}

/** A renamed model's draft goes on under its new name. */
export async function moveDraft(from: ModelAddress, to: ModelAddress, person: Person): Promise<void> {
  const draft = await drafts.get(draftKey(from, person)).catch(() => undefined);
  if (!draft) return;
  await drafts.put({ ...draft, key: draftKey(to, person), fileName: `${to.model}.json` });
  await drafts.delete(draft.key);
}
