/// Lengths of the page that follow the size of its text.

/** Pixels for one rem. */
export function remOf(document: Document): number {
  return parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
}
