/// Which rows are marked, by key; a range is marked from the last one that was marked alone.

export class Marks {
  #keys: ReadonlySet<string> = $state.raw(new Set<string>());
  #anchor: string | null = null;

  get size(): number {
    return this.#keys.size;
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  toggle(key: string): void {
    const keys = new Set(this.#keys);
    if (!keys.delete(key)) keys.add(key);
    this.#keys = keys;
    this.#anchor = key;
  }

  /** Marks all from the anchor to this one, in the order in which they are shown. */
  extend(to: string, shown: readonly string[]): void {
    const from = this.#anchor === null ? -1 : shown.indexOf(this.#anchor);
    const end = shown.indexOf(to);
    if (end < 0) return;
    const start = from < 0 ? end : from;
    if (from < 0) this.#anchor = to;
    const range = shown.slice(Math.min(start, end), Math.max(start, end) + 1);
    this.#keys = new Set([...this.#keys, ...range]);
  }

  /** Where a range begins that is marked next. */
  anchorAt(key: string): void {
    this.#anchor = key;
  }

  set(keys: Iterable<string>): void {
    this.#keys = new Set(keys);
  }

  clear(): void {
    if (this.#keys.size > 0) this.#keys = new Set();
    this.#anchor = null;
  }
}
