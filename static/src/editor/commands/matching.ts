/// Finding things by what somebody types: the best match first.

/** What can be chosen from a list. */
export interface Choice {
  readonly id: string;
  readonly title: string;
  /** What it is called, where the title says more. */
  readonly name?: string;
  /** What tells it from others. */
  readonly remark?: string;
  /** Keys that do the same. */
  readonly keys?: string;
  /** More text by which it is found. */
  readonly more?: string;
  readonly choose: () => void;
}

/** Those in which each typed word occurs; in the order of how well they match, else as they come. */
export function matching<C extends Choice>(choices: readonly C[], typed: string): C[] {
  const words = plain(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [...choices];
  const ranked = choices.map((choice) => ({ choice, rank: rankOf(choice, words) }));
  return ranked
    .filter(({ rank }) => rank < NOWHERE)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ choice }) => choice);
}

const NOWHERE = 1e9;

/** The lower the better: the start of the name or title, the start of a word in it, elsewhere in it, in other texts. */
function rankOf({ title, name = title, remark = '', more = '' }: Choice, words: readonly string[]): number {
  const names = [plain(name), plain(title)];
  const others = plain(`${remark} ${more}`);
  return words.reduce((sum, word) => Math.min(NOWHERE, sum + rankOfWord(word, names, others)), 0);
}

function rankOfWord(word: string, names: readonly string[], others: string): number {
  if (names.some((name) => name.startsWith(word))) return 0;
  if (names.some((name) => name.includes(` ${word}`))) return 1;
  if (names.some((name) => name.includes(word))) return 2;
  return others.includes(word) ? 3 : NOWHERE;
}

/** Without accents and capitals. */
function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
