/// What a pointer has met: parts of the drawing say in data attributes which cell they belong to.

/** `outline` is the element itself; the others lie on it or around it. */
export type Part = 'outline' | 'label' | 'badge' | 'port' | 'arrow' | 'vertex' | 'segment' | 'end' | 'handle' | 'turn';

const PARTS: readonly string[] = [
  'outline',
  'label',
  'badge',
  'port',
  'arrow',
  'vertex',
  'segment',
  'end',
  'handle',
  'turn',
] satisfies Part[];

/** Where on what; `cell` is null on the empty canvas. */
export type Hit = { readonly cell: null } | { readonly cell: string; readonly part: Part; readonly at: string };

export const NOWHERE: Hit = { cell: null };

function isPart(word: string): word is Part {
  return PARTS.includes(word);
}

export function hitOf(target: EventTarget | null): Hit {
  const element = target instanceof Element ? target : null;
  const cell = element?.closest('[data-cell]')?.getAttribute('data-cell');
  if (!element || cell === null || cell === undefined) return NOWHERE;
  // A label lies within the element that says whose it is.
  const marked = element.closest('[data-cell], [data-part]');
  const part = marked?.getAttribute('data-part') ?? 'outline';
  return { cell, part: isPart(part) ? part : 'outline', at: marked?.getAttribute('data-at') ?? '' };
}
