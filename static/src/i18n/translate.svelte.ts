/// The words of the app in the person's language: `t('browse.noModels')`.
///
/// The language is state: whatever is worked out with `t` in a component or a derived value follows when it changes.
/// So words are asked for where they are shown, not kept in constants.
import { createInstance, type FormatterModule, type Resource, type ResourceLanguage } from 'i18next';
import { ENGLISH, INCOMPLETE, languageOf, type Language } from './languages.ts';
import type { MessageKey } from './message-key.ts';

/** What a message says about something; `count` chooses the form for a number. */
export type Values = Readonly<Record<string, string | number>>;

/** A piece of a message: words, or the name of what stands there. */
export type Piece = { readonly words: string } | { readonly name: string };

/** The messages of each part of a language, by the paths of their files. */
type Parts = Readonly<Record<string, ResourceLanguage>>;

const languages = import.meta.glob<Parts>('./messages/*.ts', { import: 'default' });

/** The languages that have messages. */
export const tags: readonly string[] = Object.keys(languages).map(nameOf).toSorted();

/** Numbers are written as the language writes them. */
const numbers: FormatterModule = {
  type: 'formatter',
  init: () => undefined,
  add: () => undefined,
  addCached: () => undefined,
  // Texts are taken as they are, and what has no value is left for `pieces`.
  format: (value: unknown, _format, tag) =>
    typeof value === 'number' ? new Intl.NumberFormat(tag).format(value) : (value as string),
};

const words = createInstance().use(numbers);
let language: Language = $state.raw(languageOf(ENGLISH));
let wantedLast = ENGLISH;

/** The language that is shown. */
export function shownLanguage(): Language {
  return language;
}

/** Fetches a language's messages and shows them, unless another one is wanted by then. */
export async function showLanguage(tag: string): Promise<void> {
  wantedLast = tag;
  // English too, for what a language lacks.
  const wanted = INCOMPLETE.has(tag) ? [ENGLISH, tag] : [tag];
  const resources: Resource = Object.fromEntries(
    await Promise.all(wanted.map(async (each) => [each, await read(each)])),
  );
  if (wantedLast === tag) showMessages(tag, resources);
}

/** Shows messages that are there already. */
export function showMessages(tag: string, resources: Resource): void {
  void words.init({
    resources,
    lng: tag,
    fallbackLng: ENGLISH,
    initAsync: false,
    keySeparator: false,
    nsSeparator: '.',
    interpolation: {
      escapeValue: false,
      prefix: '{',
      suffix: '}',
      skipOnVariables: true,
      alwaysFormat: true,
    },
    returnNull: false,
  });
  language = languageOf(tag);
  if (typeof document === 'undefined') return;
  document.documentElement.lang = tag;
  document.documentElement.dir = language.direction;
}

async function read(tag: string): Promise<ResourceLanguage> {
  const parts = await languages[`./messages/${tag}.ts`]?.();
  return Object.fromEntries(Object.entries(parts ?? {}).map(([path, messages]) => [nameOf(path), messages]));
}

/** The name of a file, without its folders and what it ends in. */
function nameOf(path: string): string {
  return path.replace(/^.*\/|\.\w+$/g, '');
}

/** The words of a message. */
export function t(key: MessageKey, values: Values = {}): string {
  void language;
  return words.t(key, values);
}

/** A message in pieces, for what stands in it to be marked up: see `Phrase.svelte`. */
export function pieces(key: MessageKey, values: Values = {}): readonly Piece[] {
  const whole = t(key, values);
  return whole
    .split(/(\{[\w-]+\})/)
    .filter((part) => part !== '')
    .map((part) => (/^\{[\w-]+\}$/.test(part) ? { name: part.slice(1, -1) } : { words: part }));
}
