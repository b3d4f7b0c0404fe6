/// The languages of the app, and which of them a person gets.

/** What is known of a language. Its name is its own: whoever seeks it need not read any other. */
export interface Language {
  /** A language tag (BCP 47), as in the operator's settings and in the names of the message files. */
  readonly tag: string;
  readonly name: string;
  readonly direction: 'ltr' | 'rtl';
}

const NAMES: Readonly<Record<string, string>> = {
  ar: 'العربية',
  de: 'Deutsch',
  el: 'Ελληνικά',
  en: 'English',
  es: 'Español',
  fi: 'Suomi',
  fr: 'Français',
  hi: 'हिन्दी',
  id: 'Bahasa Indonesia',
  ja: '日本語',
  ms: 'Bahasa Melayu',
  pt: 'Português',
  'pt-BR': 'Português (Brasil)',
  zh: '中文',
};

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['ar']);

/** The language that all others fall back to: its messages are always complete. */
export const ENGLISH = 'en';

export function languageOf(tag: string): Language {
  return { tag, name: NAMES[tag] ?? tag, direction: RIGHT_TO_LEFT.has(tag) ? 'rtl' : 'ltr' };
}

/**
 * Languages that lack messages, which are then said in English: only an operator who names them offers them.
 */
export const INCOMPLETE: ReadonlySet<string> = new Set();

/**
 * Those of `tags` that the operator allows, who allows all that are complete by naming none; English where none
 * is left.
 */
export function offered(
  tags: readonly string[],
  allowed: readonly string[],
  incomplete: ReadonlySet<string> = INCOMPLETE,
): readonly string[] {
  const isAllowed = (tag: string) =>
    allowed.length === 0 ? !incomplete.has(tag) : allowed.some((other) => matches(other, tag));
  const found = tags.filter(isAllowed);
  return found.length === 0 ? [ENGLISH] : found;
}

/** The first of the wanted tags that is offered, in the order of wanting: `de-CH` is content with `de`. */
export function chosen(wanted: readonly string[], tags: readonly string[]): string {
  for (const want of wanted) {
    const found = tags.find((tag) => matches(want, tag)) ?? tags.find((tag) => matches(base(want), tag));
    if (found !== undefined) return found;
  }
  return tags[0] ?? ENGLISH;
}

function base(tag: string): string {
  return tag.split(/[-_]/)[0] ?? tag;
}

/** Operators write `pt-br` as well as `pt_BR`. */
function matches(one: string, other: string): boolean {
  return one.replaceAll('_', '-').toLowerCase() === other.toLowerCase();
}
