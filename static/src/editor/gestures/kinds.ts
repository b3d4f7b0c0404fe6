/// The kinds that can be drawn, as stencil and palette show them.
import { inEnglish, t } from '../../i18n/translate.svelte.ts';
import type { NewKind } from '../../model/vocabulary.ts';

export interface KindEntry {
  readonly kind: NewKind;
  /** The key that chooses it. */
  readonly key: string;
}

export const KINDS: readonly KindEntry[] = [
  { kind: 'process', key: 'P' },
  { kind: 'store', key: 'S' },
  { kind: 'actor', key: 'A' },
  { kind: 'flow', key: 'F' },
  { kind: 'boundary-box', key: 'B' },
  { kind: 'boundary-curve', key: 'C' },
  { kind: 'text', key: 'T' },
];

export function entryOf(kind: NewKind): KindEntry | undefined {
  return KINDS.find((entry) => entry.kind === kind);
}

/** "Data flow", "Trust boundary". */
export function shapeName(kind: NewKind): string {
  return t(`canvas.shape-${kind}`);
}

/** Other words by which it is found, in the person's language and in English. */
export function otherWords(kind: NewKind): string {
  return [t(`canvas.words-${kind}`), inEnglish(`canvas.shape-${kind}`), inEnglish(`canvas.words-${kind}`)].join(' ');
}

/** Those of which each word of a search is part. */
export function found(entries: readonly KindEntry[], search: string): KindEntry[] {
  const wanted = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return entries.filter(({ kind }) => {
    const all = `${shapeName(kind)} ${otherWords(kind)}`.toLowerCase();
    return wanted.every((word) => all.includes(word));
  });
}
