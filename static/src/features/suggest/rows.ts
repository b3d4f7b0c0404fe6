/// The rows of a list of offers, as the keyboard goes through them.

/** What has the focus of a row: its box to tick, or what opens it. */
export const ROW = '[data-offer]';

/** The row that a key leads to; undefined for keys that lead nowhere. */
export function rowBeside(list: HTMLElement, from: HTMLElement, chord: string): HTMLElement | undefined {
  const rows = [...list.querySelectorAll<HTMLElement>(ROW)];
  const at = rows.indexOf(from);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[chord];
  return to === undefined ? undefined : rows[Math.min(Math.max(to, 0), rows.length - 1)];
}
