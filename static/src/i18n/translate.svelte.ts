/// The words of the app in the person's language: `t('browse.noModels')`.
///
/// The language is state: whatever is worked out with `t` in a component or a derived value follows when it changes.
/// So words are asked for where they are shown, not kept in constants.
import { createInstance, type FormatterModule, type Resource, type ResourceLanguage } from 'i18next';
import { ENGLISH, languageOf, type Language } from './languages.ts';
import type { MessageKey } from './message-key.ts';

/** What a message says about something; `count` chooses the form for a number. */
export type Values = Readonly<Record<string, string | number>>;

/** A piece of a message: words, or the name of what stands there. */
export type Piece = { readonly words: string } | { readonly name: string };

type Files = Readonly<Record<string, () => Promise<unknown>>>;

/** `./messages/<tag>/<part>.json` */
const files: Files = import.meta.glob('./messages/*/*.json', { import: 'default' });

/** The languages that have messages. */
export const tags: readonly string[] = [
  ...new Set(Object.keys(files).map((path) => path.split('/')[2] ?? '')),
].toSorted();

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

/** The language that is shown. */
export function shownLanguage(): Language {
  return language;
}

/** Fetches a language's messages and shows them. English is fetched too, for what a language lacks. */
export async function showLanguage(tag: string): Promise<void> {
  const wanted = [...new Set([ENGLISH, tag])];
  const resources: Resource = Object.fromEntries(
    await Promise.all(wanted.map(async (each) => [each, await read(each)])),
  );
  showMessages(tag, resources);
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
  const own = Object.entries(files).filter(([path]) => path.split('/')[2] === tag);
  const parts = own.map(async ([path, load]) => [path.replace(/^.*\/|\.json$/g, ''), await load()]);
  return Object.fromEntries(await Promise.all(parts)) as ResourceLanguage;
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
