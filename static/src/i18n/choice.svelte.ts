/// Which languages a person can have, and which one they get: their own choice, else one that their browser asks for,
/// else the operator's.
import { keep, recall } from '../kept.ts';
import { chosen, ENGLISH, offered } from './languages.ts';
import { showLanguage, shownLanguage, tags } from './translate.svelte.ts';

const KEPT = 'language';
/** What the page came to last time, where that was not its first guess. */
const GUESS = 'language-guess';

let allowed: readonly string[] = $state.raw(offered(tags, []));

/** The tags of the languages that can be chosen, as far as is known. */
export function offeredLanguages(): readonly string[] {
  return allowed;
}

/** Shows the language that the person is likely to get: the operator has not been asked yet. */
export function guessLanguage(): Promise<void> {
  // Whoever had a language before may have it, whether or not it is offered to everyone.
  const before = [recall(KEPT), recall(GUESS)].find((tag) => tag !== null && tags.includes(tag));
  return showLanguage(before ?? chosen(wanted(), allowed));
}

/** Keeps to what the operator says. @throws where the messages of another language cannot be fetched */
export async function allowLanguages(theirs: readonly string[], otherwise: string): Promise<void> {
  allowed = offered(tags, theirs);
  const tag = chosen(wanted(otherwise), allowed);
  if (tag === shownLanguage().tag) return;
  await showLanguage(tag);
  keep(GUESS, tag);
}

/** The person's own choice, remembered. @throws where its messages cannot be fetched: then nothing changes */
export async function chooseLanguage(tag: string): Promise<void> {
  await showLanguage(tag);
  keep(KEPT, tag);
}

function wanted(otherwise: string = ENGLISH): readonly string[] {
  const own = recall(KEPT);
  return [...(own === null ? [] : [own]), ...navigator.languages, otherwise, ENGLISH];
}
