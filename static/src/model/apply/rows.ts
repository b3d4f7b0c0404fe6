/// The cells of one diagram while they are edited: each is found by its id, and the list is made anew once,
/// with the white space that it would have after one edit at a time.
import { gapIn, laidOut, placeIn, type Layout, type Place } from '../json/layout.ts';
import { asText, Container, get, type Json, type Part } from '../json/node.ts';

export class Rows {
  readonly #cells: Container;
  /** Null where a cell has been taken away. */
  readonly #parts: (Part | null)[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #added = new Map<string, number>();
  /** All cells that are there stand from the first to before the end. */
  #first = 0;
  #end: number;

  constructor(cells: Container) {
    this.#cells = cells;
    this.#parts = cells.parts.slice();
    this.#places = placesOf(cells);
    this.#end = this.#parts.length;
  }

  get isEmpty(): boolean {
    return this.#first === this.#end;
  }

  /** The indentation of the cells. */
  get place(): Place {
    return placeIn(this.#head());
  }

  /** The first cell with this id. */
  get(id: string): Json | undefined {
    return this.#parts[this.#find(id)]?.value;
  }

  set(id: string, value: Json): void {
    const index = this.#find(id);
    const part = this.#parts[index];
    if (part && part.value !== value) this.#parts[index] = { ...part, value };
  }

  /** Behind the others, of which there is one at least. */
  append(id: string, cell: Json, layout: Layout): void {
    const head = this.#head();
    const gap = gapIn(layout, head);
    this.#change(this.#end - 1, gap.after === '' ? {} : { after: gap.after });
    const value = laidOut(layout, cell, placeIn(head));
    this.#added.set(id, this.#parts.length);
    this.#parts.push({ before: gap.before, key: '', spelling: '', value, after: '' });
    this.#end = this.#parts.length;
  }

  /** False when there is none. */
  remove(id: string): boolean {
    const index = this.#find(id);
    const gone = this.#parts[index];
    if (!gone) return false;
    this.#parts[index] = null;
    if (index > this.#first) this.#change(this.#next(index, -1), { after: gone.after });
    while (this.#first < this.#end && !this.#parts[this.#first]) this.#first += 1;
    while (this.#end > this.#first && !this.#parts[this.#end - 1]) this.#end -= 1;
    if (index < this.#first) this.#change(this.#first, { before: gone.before });
    if (index >= this.#end) this.#change(this.#end - 1, { after: '' });
    return true;
  }

  /** The list as it is now; nothing when it is as it was. */
  container(): Container | undefined {
    const old = this.#cells;
    if (this.#parts.length === old.parts.length && this.#parts.every((part, index) => part === old.parts[index])) {
      return undefined;
    }
    return new Container(
      'array',
      this.#parts.filter((part) => part !== null),
      this.isEmpty ? '' : old.tail,
    );
  }

  #change(index: number, white: Partial<Part>): void {
    const part = this.#parts[index];
    if (part) this.#parts[index] = { ...part, ...white };
  }

  /** The first two cells, which show how the others are set apart. */
  #head(): Container {
    const two = [this.#parts[this.#first], this.#parts[this.#next(this.#first, 1)]];
    return new Container(
      'array',
      two.flatMap((part) => part ?? []),
      '',
    );
  }

  #next(index: number, way: 1 | -1): number {
    let next = index + way;
    while (next >= this.#first && next < this.#end && !this.#parts[next]) next += way;
    return next;
  }

  #find(id: string): number {
    const first = this.#places.get(id);
    if (first !== undefined && this.#parts[first]) return first;
    const twin = first === undefined ? -1 : this.#twin(id, first);
    return twin < 0 ? (this.#added.get(id) ?? -1) : twin;
  }

  /** The next cell with the id of one that is gone. */
  #twin(id: string, gone: number): number {
    for (let index = gone + 1; index < this.#cells.parts.length; index += 1) {
      const part = this.#parts[index];
      if (part && idOf(part.value) === id) return index;
    }
    return -1;
  }
}

function idOf(cell: Json): string {
  return asText(get(cell, 'id')) ?? '';
}

const places = new WeakMap<Container, ReadonlyMap<string, number>>();

/** Where each id stands first among these cells. */
function placesOf(cells: Container): ReadonlyMap<string, number> {
  let found = places.get(cells);
  if (!found) {
    const byId = new Map<string, number>();
    cells.parts.forEach(({ value }, index) => {
      const id = idOf(value);
      if (!byId.has(id)) byId.set(id, index);
    });
    found = byId;
    places.set(cells, found);
  }
  return found;
}
