/// What is found of a library: by words, by where it comes from, by tag.
import type { Kept } from '../../model/library.ts';

/** Where something comes from: this repository, another one at a tag, or Wyvern itself. */
export type Source = { readonly kind: 'own' | 'built-in' } | { readonly kind: 'pinned'; readonly name: string };

const BUILT_IN = 'built-in';

/** An origin names a file; one of another repository begins with that and its tag. */
export function sourceOf(origin: string): Source {
  if (origin === BUILT_IN) return { kind: 'built-in' };
  const end = origin.indexOf(':.wyvern/');
  return end < 0 ? { kind: 'own' } : { kind: 'pinned', name: origin.slice(0, end) };
}

/** The file that something comes from; empty for what is built in. */
export function fileOf(origin: string): string {
  return origin === BUILT_IN ? '' : origin;
}

/** What a source is chosen by. */
export function sourceKey(origin: string): string {
  const source = sourceOf(origin);
  return source.kind === 'pinned' ? `@${source.name}` : source.kind;
}

export interface Wanted {
  readonly words: string;
  /** Empty for any. */
  readonly source: string;
  readonly tag: string;
}

export const ANY: Wanted = { words: '', source: '', tag: '' };

type Findable = Pick<Kept, 'origin' | 'title' | 'description' | 'tags'> & Partial<Pick<Kept, 'id' | 'references'>>;

/** Those that have each of the words somewhere, come from the source and have the tag. */
export function found<T extends Findable>(all: readonly T[], { words, source, tag }: Wanted): readonly T[] {
  const sought = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return all.filter(
    (each) =>
      (source === '' || sourceKey(each.origin) === source) &&
      (tag === '' || each.tags.includes(tag)) &&
      (sought.length === 0 || has(each, sought)),
  );
}

function has({ id = '', title, description, tags, references = [] }: Findable, words: readonly string[]): boolean {
  const text = [id, title, description, ...tags, ...references].join('\n').toLocaleLowerCase();
  return words.every((word) => text.includes(word));
}

const RANK = { own: 0, pinned: 1, 'built-in': 2 } as const;

/** The team's own first, what is built in last; else as they come. */
export function ownFirst<T extends { readonly origin: string }>(all: readonly T[]): readonly T[] {
  return all.toSorted((one, other) => RANK[sourceOf(one.origin).kind] - RANK[sourceOf(other.origin).kind]);
}

/** Each source that something comes from, in the order in which they come first, with how many there are. */
export function sourcesIn(all: readonly { readonly origin: string }[]): readonly { key: string; count: number }[] {
  return counted(all.map(({ origin }) => sourceKey(origin)));
}

/** Each tag, by its name, with how many have it. */
export function tagsIn(
  all: readonly { readonly tags: readonly string[] }[],
): readonly { key: string; count: number }[] {
  const tags = counted(all.flatMap(({ tags }) => [...new Set(tags)]));
  return tags.toSorted((one, other) => (one.key < other.key ? -1 : 1));
}

function counted(keys: readonly string[]): { key: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return [...counts].map(([key, count]) => ({ key, count }));
}
