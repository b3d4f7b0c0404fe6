/// The texts of rules and libraries that are built in: they are English in each language.
import { shownLanguage } from './translate.svelte.ts';

const ENGLISH = 'en';

/** What an element says its language is, with such a text; nothing for others', nor where the page is English, too. */
export function languageOfBuiltIn(isBuiltIn: boolean): typeof ENGLISH | undefined {
  return isBuiltIn && shownLanguage().tag !== ENGLISH ? ENGLISH : undefined;
}
