/// The drafts of models that are kept with a provider: which is whose, and how they follow their model to another
/// name. Each tab with a model has a draft of its own.
import type { Person } from '../../api/session.svelte.ts';
import { href, parsePlace, type ModelAddress } from '../../routes.ts';
import { holdDraft } from './draft-lock.ts';
import { drafts, type Draft } from './drafts.ts';

/** How many tabs with one model keep a draft each. */
const TABS = 9;

/** The key of the draft that a person has of a model, in the first tab. */
export function draftKey({ provider, repository, branch, model }: ModelAddress, { username }: Person): string {
  return `${username} ${href({ page: 'model', provider, repository, branch, model })}`;
}

/** The keys of the drafts of a model, one for each tab, from that of the first; an address has no spaces. */
export function keysOf(first: string): string[] {
  return Array.from({ length: TABS }, (_, before) => (before === 0 ? first : `${first} ${before + 1}`));
}

/** The key of the first tab, from that of any. */
export function firstKey(key: string): string {
  return key.replace(/ \d+$/, '');
}

/** The model that a draft of this person is of; null when it is of something else, or another person's. */
export function modelOfDraft({ key }: Draft, { provider, username }: Person): ModelAddress | null {
  if (!key.startsWith(`${username} #`)) return null;
  const place = parsePlace(firstKey(key).slice(username.length + 1));
  return place.page === 'model' && place.provider === provider ? place : null;
}

/** Whether this browser has changes of a model that are not saved. */
export async function hasUnsaved(at: ModelAddress, person: Person): Promise<boolean> {
  return (await draftsOf(draftKey(at, person))).some(({ changed }) => changed);
}

/** The drafts that there are of a model, from the first tab's; none where the browser keeps nothing. */
export async function draftsOf(first: string): Promise<Draft[]> {
  const found = await Promise.all(keysOf(first).map((key) => drafts.get(key))).catch(() => []);
  return found.flatMap((draft) => draft ?? []);
}

/** Lets nobody work on the drafts of a model meanwhile; null when another tab does. */
export async function holdModel(at: ModelAddress, person: Person): Promise<(() => void) | null> {
  const held = await Promise.all(keysOf(draftKey(at, person)).map((key) => holdDraft(key)));
  const release = () => held.forEach((each) => each?.());
  if (!held.includes(null)) return release;
  release();
  return null;
}

/** A renamed model's drafts go on under its new name. */
export async function moveDrafts(from: ModelAddress, to: ModelAddress, person: Person): Promise<void> {
  const before = draftKey(from, person);
  for (const draft of await draftsOf(before)) {
    const key = draftKey(to, person) + draft.key.slice(before.length);
    await drafts.put({ ...draft, key, fileName: `${to.model}.json` });
    await drafts.delete(draft.key);
  }
}
