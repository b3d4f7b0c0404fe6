/// What Threat Dragon calls categories and methodologies in each of its languages. Its files hold the word of their
/// author's language; the English one is what words are compared and counted by.
import table from './category-names.json';

/** Categories that belong together, as the table has them: CIADIE has those of CIA and of DIE. */
export type Family = 'STRIDE' | 'LINDDUN' | 'CIA' | 'DIE' | 'PLOT4ai';

/** By English word, and then by language. */
type Names = Readonly<Record<string, Readonly<Record<string, string>>>>;

const NAMES: Readonly<Record<Family | 'diagrams', Names>> = table;
const FAMILIES: readonly Family[] = ['STRIDE', 'LINDDUN', 'CIA', 'DIE', 'PLOT4ai'];

/** English words by the words of all languages, each as `plain` has it. */
type Index = ReadonlyMap<string, string>;

const indexes = new Map<Family | 'diagrams', Index>();

/** Of two categories with one name, the one that has it in more languages; the first among equals. */
function indexOf(group: Family | 'diagrams'): Index {
  let index = indexes.get(group);
  if (!index) {
    const votes = new Map<string, Map<string, number>>();
    for (const [english, names] of Object.entries(NAMES[group])) {
      for (const name of Object.values(names)) {
        const of = votes.get(plain(name)) ?? new Map<string, number>();
        votes.set(plain(name), of.set(english, (of.get(english) ?? 0) + 1));
      }
    }
    const others = [...votes].map(([name, of]) => [name, mostVoted(of)] as const);
    index = new Map([...others, ...Object.keys(NAMES[group]).map((word) => [plain(word), word] as const)]);
    indexes.set(group, index);
  }
  return index;
}

function mostVoted(votes: ReadonlyMap<string, number>): string {
  return [...votes].reduce((most, each) => (each[1] > most[1] ? each : most))[0];
}

function plain(word: string): string {
  return word.trim().normalize('NFC').toLowerCase();
}

/** The English word for a category in any language, sought first where it should be; null when none has it. */
export function englishCategory(word: string, first: readonly Family[]): string | null {
  const sought = plain(word);
  for (const family of first) {
    const found = indexOf(family).get(sought);
    if (found !== undefined) return found;
  }
  const english = FAMILIES.find((family) => plain(indexOf(family).get(sought) ?? '') === sought);
  const any = english ?? FAMILIES.find((family) => indexOf(family).has(sought));
  return (any && indexOf(any).get(sought)) ?? null;
}

/** The word that a diagram's methodology is known by, where it has names in languages; null for others. */
export function englishDiagramType(word: string): string | null {
  return indexOf('diagrams').get(plain(word)) ?? null;
}

/** Where a name repeats the English word first, as in "Tampering / Manipulación". */
const ENGLISH_FIRST = /^.+ [/-] (?=.)/;

/** What a language calls a category: the English word where it has none of its own. */
export function nameOfCategory(english: string, language: string, first: readonly Family[]): string {
  const family = [...first, ...FAMILIES].find((each) => Object.hasOwn(NAMES[each], english));
  const names = (family && NAMES[family][english]) ?? {};
  return Object.hasOwn(names, language) ? (names[language] ?? english).replace(ENGLISH_FIRST, '') : english;
}
