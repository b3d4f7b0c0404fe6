/// The words of the app in the person's language: `t('browse.noModels')`.
///
/// The language is state: whatever is worked out with `t` in a component or a derived value follows when it changes.
/// So words are asked for where they are shown, not kept in constants.
import { createInstance, type Resource, type ResourceLanguage } from 'i18next';
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

const words = createInstance();
let numbers = new Intl.NumberFormat(ENGLISH);
let plurals = new Intl.PluralRules(ENGLISH);
/** What messages are made of, by key and form: names of thousands of cells are made at once. */
const known = new Map<string, readonly Piece[]>();
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
    returnNull: false,
  });
  known.clear();
  numbers = new Intl.NumberFormat(tag);
  plurals = new Intl.PluralRules(tag);
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

/** The words of a message. Texts in it are taken as they are, numbers are written as the language writes them. */
export function t(key: MessageKey, values: Values = {}): string {
  return piecesOf(key, values.count)
    .map((piece) => ('words' in piece ? piece.words : written(piece.name, values)))
    .join('');
}

/** A message in English, whatever is shown: people look for things by that too. */
export function inEnglish(key: MessageKey): string {
  return words.t(key, { lng: ENGLISH, skipInterpolation: true });
}

/** A message in pieces, for what stands in it to be marked up: see `Phrase.svelte`. */
export function pieces(key: MessageKey, values: Values = {}): readonly Piece[] {
  return piecesOf(key, values.count).map((piece) =>
    'name' in piece && values[piece.name] !== undefined ? { words: written(piece.name, values) } : piece,
  );
}

function piecesOf(key: MessageKey, count: Values[string] | undefined): readonly Piece[] {
  void language;
  const form = typeof count === 'number' ? ` ${count === 0 ? 'zero' : plurals.select(count)}` : '';
  const found = known.get(key + form);
  if (found) return found;
  const whole = words.t(key, { ...(typeof count === 'number' ? { count } : {}), skipInterpolation: true });
  const made = whole
    .split(/(\{[\w-]+\})/)
    .filter((part) => part !== '')
    .map((part) => (/^\{[\w-]+\}$/.test(part) ? { name: part.slice(1, -1) } : { words: part }));
  known.set(key + form, made);
  return made;
}

function written(name: string, values: Values): string {
  const value = values[name];
  if (value === undefined) return `{${name}}`;
  return typeof value === 'number' ? numbers.format(value) : value;
}
