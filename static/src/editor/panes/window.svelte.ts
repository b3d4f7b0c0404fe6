/// The part of a long list of rows that is seen: only that is put on the page. All rows are equally high.

/** How high a row is, in rem. */
export const ROW = 3.25;
/** Rows above and below what is seen, so that nothing is missing while one scrolls. */
const MARGIN = 12;

export class ListWindow {
  /** How far the list is scrolled, and how much of it is seen, in pixels. */
  scrolled = $state(0);
  seen = $state(0);
  /** Pixels for one rem. */
  readonly rem: number;

  constructor(rem: number) {
    this.rem = rem;
  }

  /** The indexes of the rows to show out of so many, in order; `always` is one of them wherever it is. */
  indexes(count: number, always: number, row: number = ROW): number[] {
    const height = row * this.rem;
    const first = Math.max(0, Math.floor(this.scrolled / height) - MARGIN);
    const last = Math.min(count, Math.ceil((this.scrolled + this.seen) / height) + MARGIN);
    const indexes = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
    if (always < 0 || always >= count || (always >= first && always < last)) return indexes;
    return always < first ? [always, ...indexes] : [...indexes, always];
  }
}
