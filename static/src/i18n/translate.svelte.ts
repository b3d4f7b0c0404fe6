/// The words of the app in the person's language: `t('browse.noModels')`.
///
/// The language is state: whatever is worked out with `t` in a component or a derived value follows when it changes.
/// So words are asked for where they are shown, not kept in constants.
import { ENGLISH, languageOf, type Language } from './languages.ts';
import type { MessageKey } from './message-key.ts';

/** What a message says about something; `count` chooses the form for a number. */
export type Values = Readonly<Record<string, string | number>>;

/** A piece of a message: words, or the name of what stands there. */
export type Piece = { readonly words: string } | { readonly name: string };

/** The messages of a language: part by part, by their names. */
export type Messages = Readonly<Record<string, Readonly<Record<string, string>>>>;

const languages = import.meta.glob<Messages>('./messages/*.ts', { import: 'default' });

/** The languages that have messages. */
export const tags: readonly string[] = Object.keys(languages).map(nameOf).toSorted();

let shown: Messages = {};
let english: Messages = {};
let numbers = new Intl.NumberFormat(ENGLISH);
let plurals = new Intl.PluralRules(ENGLISH);
/** What messages are made of, by key and form: names of thousands of cells are made at once. */
const known = new Map<string, readonly Piece[]>();
/** The forms for each number: finding them takes longer than all else. */
const formsByCount = new Map<number, readonly string[]>();
let language: Language = $state.raw(languageOf(ENGLISH));
let wantedLast = ENGLISH;

/** The language that is shown. */
export function shownLanguage(): Language {
  return language;
}

/**
 * Fetches a language's messages and shows them, unless another one is wanted by then. English comes too: for what a
 * language lacks, and because people look for commands by their English names.
 */
export async function showLanguage(tag: string): Promise<void> {
  wantedLast = tag;
  const [own, fallback] = await Promise.all([read(tag), read(ENGLISH)]);
  if (wantedLast === tag) showMessages(tag, own, fallback);
}

/** Shows messages that are there already. */
export function showMessages(tag: string, own: Messages, fallback: Messages): void {
  shown = own;
  english = fallback;
  known.clear();
  formsByCount.clear();
  numbers = new Intl.NumberFormat(tag);
  plurals = new Intl.PluralRules(tag);
  language = languageOf(tag);
  if (typeof document === 'undefined') return;
  document.documentElement.lang = tag;
  document.documentElement.dir = language.direction;
}

async function read(tag: string): Promise<Messages> {
  const parts = (await languages[`./messages/${tag}.ts`]?.()) ?? {};
  return Object.fromEntries(Object.entries(parts).map(([path, messages]) => [nameOf(path), messages]));
}

/** The name of a file, without its folders and what it ends in. */
function nameOf(path: string): string {
  return path.replace(/^.*\/|\.\w+$/g, '');
}

/** The words of a message. Texts in it are taken as they are, numbers are written as the language writes them. */
export function t(key: MessageKey, values: Values = {}): string {
  let whole = '';
  for (const piece of piecesOf(key, values['count']))
    whole += 'words' in piece ? piece.words : written(piece.name, values);
  return whole;
}

/** A message in English, whatever is shown: people look for things by that too. */
export function inEnglish(key: MessageKey): string {
  return found(english, key, ['']) ?? '';
}

/** A message in pieces, for what stands in it to be marked up: see `Phrase.svelte`. */
export function pieces(key: MessageKey, values: Values = {}): readonly Piece[] {
  return piecesOf(key, values['count']).map((piece) =>
    'name' in piece && values[piece.name] !== undefined ? { words: written(piece.name, values) } : piece,
  );
}

function piecesOf(key: MessageKey, count: Values[string] | undefined): readonly Piece[] {
  void language;
  const forms = formsOf(count);
  const name = key + forms[0];
  const made = known.get(name) ?? apart(found(shown, key, forms) ?? found(english, key, forms) ?? key);
  known.set(name, made);
  return made;
}

const NO_FORM: readonly string[] = [''];

/** What a counted message's key may end in, the best first; languages may have a form of their own for nothing. */
function formsOf(count: Values[string] | undefined): readonly string[] {
  if (typeof count !== 'number') return NO_FORM;
  const last = formsByCount.get(count);
  if (last) return last;
  const forms = [...(count === 0 ? ['_zero'] : []), `_${plurals.select(count)}`, '_other', ''];
  formsByCount.set(count, forms);
  return forms;
}

/** A message in the first of these forms that it has. */
function found(messages: Messages, key: string, forms: readonly string[]): string | undefined {
  const dot = key.indexOf('.');
  const [part, name] = [messages[key.slice(0, dot)], key.slice(dot + 1)];
  return forms.map((form) => part?.[name + form]).find((message) => message !== undefined);
}

function apart(message: string): readonly Piece[] {
  return message
    .split(/(\{[\w-]+\})/)
    .filter((part) => part !== '')
    .map((part) => (/^\{[\w-]+\}$/.test(part) ? { name: part.slice(1, -1) } : { words: part }));
}

function written(name: string, values: Values): string {
  const value = values[name];
  if (value === undefined) return `{${name}}`;
  return typeof value === 'number' ? numbers.format(value) : value;
}
