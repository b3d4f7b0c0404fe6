/// The categories of threats that each methodology has, by kind of element. New threats get their English names;
/// names in other languages are known too, and kept as they are, as are names that nobody knows.
import table from './methodologies.json';
import { englishCategory, englishDiagramType, nameOfCategory, type Family } from './category-names.ts';
import type { Kind } from './vocabulary.ts';

/** The methodologies, as `diagramType` and `modelType` spell them. */
export const METHODOLOGIES = ['STRIDE', 'LINDDUN', 'CIA', 'CIADIE', 'PLOT4ai', 'EOP', 'Generic'] as const;
export type Methodology = (typeof METHODOLOGIES)[number];

export const METHODOLOGY_NAMES: Readonly<Record<Methodology, string>> = {
  STRIDE: 'STRIDE',
  LINDDUN: 'LINDDUN',
  CIA: 'CIA',
  CIADIE: 'CIA-DIE',
  PLOT4ai: 'PLOT4ai',
  EOP: 'EoP games',
  Generic: 'Generic',
};

const OTHER_SPELLINGS: ReadonlyMap<string, Methodology> = new Map([
  ['die', 'CIADIE'],
  ['default', 'Generic'],
]);

/** In any language; null for a word that is not known. */
export function methodologyOf(word: string): Methodology | null {
  const lower = (englishDiagramType(word) ?? word.trim()).toLowerCase();
  return METHODOLOGIES.find((known) => known.toLowerCase() === lower) ?? OTHER_SPELLINGS.get(lower) ?? null;
}

/** The kinds of elements that can have threats. */
const THREATENED = ['actor', 'process', 'store', 'flow'] as const;
export type ThreatenedKind = (typeof THREATENED)[number];

export function canHaveThreats(kind: Kind): kind is ThreatenedKind {
  return THREATENED.some((threatened) => threatened === kind);
}

/** Categories that belong together; the title says whose they are. */
export interface CategoryGroup {
  readonly title: string;
  readonly words: readonly string[];
  /** Those of a team's own methodology: nobody translates them. */
  readonly isOwn?: true;
}

type PerKind = Readonly<Record<ThreatenedKind, readonly string[]>>;

/** The same table that the server has. The categories of EOP are games, whose cards are the categories of threats. */
const OF: Readonly<Record<Exclude<Methodology, 'Generic'>, PerKind>> = table;

/** Where the names of a methodology's categories stand. */
const FAMILIES: Readonly<Record<Methodology, readonly Family[]>> = {
  STRIDE: ['STRIDE'],
  LINDDUN: ['LINDDUN'],
  CIA: ['CIA'],
  CIADIE: ['CIA', 'DIE'],
  PLOT4ai: ['PLOT4ai'],
  EOP: [],
  Generic: [],
};

function familiesOf(methodology: Methodology | null): readonly Family[] {
  return methodology === null ? [] : FAMILIES[methodology];
}

/**
 * What a category is compared and counted by: its English name, whatever language the file has it in. The methodology
 * tells words apart that several have. A word that is not known is its own.
 */
export function categoryOf(word: string, methodology: Methodology | null): string {
  return englishCategory(word, familiesOf(methodology)) ?? word.trim();
}

/** What a language calls a category. */
export function categoryIn(language: string, word: string, methodology: Methodology | null): string {
  const families = familiesOf(methodology);
  const english = englishCategory(word, families);
  return english === null ? word : nameOfCategory(english, language, families);
}

/**
 * What a threat to such an element can be. A methodology that is not known offers what the generic one
 * does: the categories of all that have some, but for the games.
 */
export function categoriesOf(methodology: Methodology | null, kind: ThreatenedKind): readonly CategoryGroup[] {
  if (methodology !== null && methodology !== 'Generic') {
    return [{ title: METHODOLOGY_NAMES[methodology], words: OF[methodology][kind] }];
  }
  return (['STRIDE', 'LINDDUN', 'CIA', 'CIADIE', 'PLOT4ai'] as const).map((each) => {
    // CIADIE has those of CIA, too: here they are there already.
    if (each !== 'CIADIE') return { title: METHODOLOGY_NAMES[each], words: OF[each][kind] };
    return { title: 'DIE', words: OF.CIADIE[kind].filter((word) => !OF.CIA[kind].includes(word)) };
  });
}

/** The category for one threat more: the one that the element has least, the first among equals. */
export function nextCategory(groups: readonly CategoryGroup[], used: readonly string[]): string {
  const count = (word: string) => used.filter((each) => each.toLowerCase() === word.toLowerCase()).length;
  const words = groups.flatMap((group) => group.words);
  return words.reduce((least, word) => (count(word) < count(least) ? word : least), words[0] ?? '');
}
