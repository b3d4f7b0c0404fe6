/// The kinds that can be drawn, as stencil and palette show them.
import type { NewKind } from '../../model/vocabulary.ts';

export interface KindEntry {
  readonly kind: NewKind;
  readonly title: string;
  /** The key that chooses it. */
  readonly key: string;
  /** Other words by which it is found. */
  readonly words: string;
}

export const KINDS: readonly KindEntry[] = [
  { kind: 'process', title: 'Process', key: 'P', words: 'service component application circle' },
  { kind: 'store', title: 'Store', key: 'S', words: 'database data file queue bucket' },
  { kind: 'actor', title: 'Actor', key: 'A', words: 'user person external entity browser client' },
  { kind: 'flow', title: 'Data flow', key: 'F', words: 'arrow connection line edge' },
  { kind: 'boundary-box', title: 'Trust boundary', key: 'B', words: 'box zone network area' },
  { kind: 'boundary-curve', title: 'Boundary curve', key: 'C', words: 'trust line' },
  { kind: 'text', title: 'Text', key: 'T', words: 'note label comment description' },
];

export function entryOf(kind: NewKind): KindEntry | undefined {
  return KINDS.find((entry) => entry.kind === kind);
}

/** Those of which each word of a search is part. */
export function found(entries: readonly KindEntry[], search: string): KindEntry[] {
  const wanted = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return entries.filter(({ title, words }) => {
    const all = `${title} ${words}`.toLowerCase();
    return wanted.every((word) => all.includes(word));
  });
}
