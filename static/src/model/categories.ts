/// The categories of threats that each methodology has, by kind of element. A file stores their English
/// names; names in other languages, and names nobody knows, are kept as they are.
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

/** Null for a word that is not known. */
export function methodologyOf(word: string): Methodology | null {
  const lower = word.toLowerCase();
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
}

type PerKind = Readonly<Record<ThreatenedKind, readonly string[]>>;

const CIA = ['Confidentiality', 'Integrity', 'Availability'];
const DIE = ['Distributed', 'Immutable', 'Ephemeral'];

const LINDDUN_INNER = [
  'Linkability',
  'Identifiability',
  'Non-repudiation',
  'Detectability',
  'Disclosure of information',
  'Non-compliance',
];

const PLOT4AI_INNER = [
  'Technique & Processes',
  'Accessibility',
  'Identifiability & Linkability',
  'Security',
  'Non-compliance',
];

const OF: Readonly<Record<Exclude<Methodology, 'Generic'>, PerKind>> = {
  STRIDE: {
    actor: ['Spoofing', 'Repudiation'],
    process: [
      'Spoofing',
      'Tampering',
      'Repudiation',
      'Information disclosure',
      'Denial of service',
      'Elevation of privilege',
    ],
    store: ['Tampering', 'Repudiation', 'Information disclosure', 'Denial of service'],
    flow: ['Tampering', 'Information disclosure', 'Denial of service'],
  },
  LINDDUN: {
    actor: ['Linkability', 'Identifiability', 'Unawareness'],
    process: LINDDUN_INNER,
    store: LINDDUN_INNER,
    flow: LINDDUN_INNER,
  },
  CIA: forAll(CIA),
  CIADIE: forAll([...CIA, ...DIE]),
  PLOT4ai: {
    actor: [
      'Accessibility',
      'Identifiability & Linkability',
      'Security',
      'Safety',
      'Unawareness',
      'Ethics & Human Rights',
    ],
    process: PLOT4AI_INNER,
    store: PLOT4AI_INNER,
    flow: ['Technique & Processes', 'Identifiability & Linkability', 'Security', 'Non-compliance'],
  },
  // The games, whose cards are the categories.
  EOP: forAll(['cornucopia', 'cornucopia-mobileapp', 'cornucopia-companion']),
};

const SPOKEN: ReadonlyMap<string, string> = new Map([
  ['cornucopia', 'Cornucopia, website'],
  ['cornucopia-mobileapp', 'Cornucopia, mobile app'],
  ['cornucopia-companion', 'Cornucopia, companion'],
]);

function forAll(words: readonly string[]): PerKind {
  return { actor: words, process: words, store: words, flow: words };
}

/** What a reader calls a category. */
export function categoryName(word: string): string {
  return SPOKEN.get(word) ?? word;
}

/**
 * What a threat to such an element can be. A methodology that is not known offers what the generic one
 * does: the categories of all that have some, but for the games.
 */
export function categoriesOf(methodology: Methodology | null, kind: ThreatenedKind): readonly CategoryGroup[] {
  if (methodology !== null && methodology !== 'Generic') {
    return [{ title: METHODOLOGY_NAMES[methodology], words: OF[methodology][kind] }];
  }
  const groups = { ...OF, CIADIE: forAll(DIE) };
  return (['STRIDE', 'LINDDUN', 'CIA', 'CIADIE', 'PLOT4ai'] as const).map((each) => ({
    title: each === 'CIADIE' ? 'DIE' : METHODOLOGY_NAMES[each],
    words: groups[each][kind],
  }));
}

/** The category for one threat more: the one that the element has least, the first among equals. */
export function nextCategory(groups: readonly CategoryGroup[], used: readonly string[]): string {
  const count = (word: string) => used.filter((each) => each.toLowerCase() === word.toLowerCase()).length;
  const words = groups.flatMap((group) => group.words);
  return words.reduce((least, word) => (count(word) < count(least) ? word : least), words[0] ?? '');
}
