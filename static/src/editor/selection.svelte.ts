/// What is selected: ids of cells of one diagram, in the order in which they were chosen.

export class Selection {
  #ids: ReadonlySet<string> = $state.raw(new Set<string>());

  get ids(): ReadonlySet<string> {
    return this.#ids;
  }

  get size(): number {
    return this.#ids.size;
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }

  /** Selects these and nothing else. */
  only(...ids: string[]): void {
    this.#ids = new Set(ids);
  }

  add(...ids: string[]): void {
    this.#ids = new Set([...this.#ids, ...ids]);
  }

  toggle(id: string): void {
    const ids = new Set(this.#ids);
    if (!ids.delete(id)) ids.add(id);
    this.#ids = ids;
  }

  clear(): void {
    if (this.#ids.size > 0) this.#ids = new Set();
  }

  /** Forgets the cells that are no longer there. */
  keep(isThere: (id: string) => boolean): void {
    const ids = [...this.#ids].filter(isThere);
    if (ids.length < this.#ids.size) this.#ids = new Set(ids);
  }
}
