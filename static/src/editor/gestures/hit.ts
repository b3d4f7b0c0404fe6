/// What a pointer has met: parts of the drawing say in data attributes which cell they belong to.

/** `outline` is the element itself; the others lie on it or around it. */
export type Part =
  | 'outline'
  | 'label'
  | 'badge'
  | 'port'
  | 'arrow'
  | 'vertex'
  | 'segment'
  | 'end'
  | 'handle'
  | 'turn';

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
  const element = target instanceof Element ? target.closest('[data-cell]') : null;
  const cell = element?.getAttribute('data-cell');
  if (!element || cell === null || cell === undefined) return NOWHERE;
  const mark = markedIn(element, target);
  const part = mark.getAttribute('data-part') ?? 'outline';
  return { cell, part: isPart(part) ? part : 'outline', at: mark.getAttribute('data-at') ?? '' };
}

/** What says which part was met: the cell as a whole, or something within it, such as its label. */
function markedIn(cell: Element, target: EventTarget | null): Element {
  const mark = target instanceof Element ? target.closest('[data-part]') : null;
  return mark && cell.contains(mark) ? mark : cell;
}
