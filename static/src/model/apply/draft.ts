/// A document that is being edited: many edits of cells share one new list of cells.
import type { Document } from '../document.ts';
import { append, remove, set, update, type Path, type Spot } from '../json/edit.ts';
import { placeIn } from '../json/layout.ts';
import { asNumber, asText, at, Container, get, items, type Json, type JsonValue, type Part } from '../json/node.ts';
import { OperationError } from '../operation.ts';

/** One edit of a cell: the cell, and where it stands. Gives the cell as it becomes. */
export type CellEdit = (spot: Spot) => Json;

/** The cells of one diagram while they are edited. */
interface Open {
  readonly diagram: number;
  readonly path: Path;
  readonly cells: Container;
  readonly parts: Part[];
}

export class Draft {
  readonly #document: Document;
  #root: Json;
  #open: Open | null = null;

  constructor(document: Document) {
    this.#document = document;
    this.#root = document.root;
  }

  /** The document with all edits. @throws {InvalidModel} */
  document(): Document {
    return this.#document.with(this.root);
  }

  get root(): Json {
    if (this.#open) {
      const { path, cells, parts } = this.#open;
      this.#open = null;
      const edited = parts.some((part, index) => part !== cells.parts[index]);
      if (edited) this.#root = update(this.#spot, path, () => new Container('array', parts, cells.tail));
    }
    return this.#root;
  }

  /** Where the first diagram with this id is. */
  diagram(id: number): Path {
    const index = diagramIndex(this.#root, id);
    if (index < 0) throw new OperationError('noDiagram', `There is no diagram ${id}.`);
    return ['detail', 'diagrams', index];
  }

  /** The first cell with this id. */
  cell(diagram: number, id: string): Json {
    const [open, index] = this.#find(diagram, id);
    const part = open.parts[index];
    if (!part) throw noCell(diagram, id);
    return part.value;
  }

  editCell(diagram: number, id: string, edit: CellEdit): void {
    const [open, index] = this.#find(diagram, id);
    const part = open.parts[index];
    if (!part) throw noCell(diagram, id);
    const { layout } = this.#document;
    const value = edit({ layout, node: part.value, place: placeIn(open.cells) });
    if (value !== part.value) open.parts[index] = { ...part, value };
  }

  set(path: Path, value: JsonValue | Json): void {
    this.#root = set(this.#spot, path, value);
  }

  remove(path: Path): void {
    this.#root = remove(this.#spot, path);
  }

  /** Puts something behind the others of the array at the path, which is made where it is missing. */
  append(path: Path, value: JsonValue | Json): void {
    this.#root = update(this.#spot, path, (_, node) => node ?? new Container('array', [], ''));
    this.#root = append(this.#spot, path, value);
  }

  get #spot(): Spot {
    return { layout: this.#document.layout, node: this.root, place: '' };
  }

  #find(diagram: number, id: string): [Open, number] {
    if (this.#open?.diagram !== diagram) {
      const root = this.root;
      const path = [...this.diagram(diagram), 'cells'];
      const cells = get(items(at(root, 'detail', 'diagrams'))[Number(path[2])], 'cells');
      if (!(cells instanceof Container)) throw noCell(diagram, id);
      this.#open = { diagram, path, cells, parts: cells.parts.slice() };
    }
    const open = this.#open;
    return [open, placesOf(open.cells).get(id) ?? -1];
  }
}

function noCell(diagram: number, id: string): OperationError {
  return new OperationError('noCell', `There is no cell ${JSON.stringify(id)} in diagram ${diagram}.`);
}

function diagramIndex(root: Json, id: number): number {
  return items(at(root, 'detail', 'diagrams')).findIndex((diagram) => asNumber(get(diagram, 'id')) === id);
}

const places = new WeakMap<Container, ReadonlyMap<string, number>>();

/** Where each id stands first among these cells. */
function placesOf(cells: Container): ReadonlyMap<string, number> {
  let found = places.get(cells);
  if (!found) {
    const byId = new Map<string, number>();
    cells.parts.forEach(({ value }, index) => {
      const id = asText(get(value, 'id')) ?? '';
      if (!byId.has(id)) byId.set(id, index);
    });
    found = byId;
    places.set(cells, found);
  }
  return found;
}
