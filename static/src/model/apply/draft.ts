/// A document that is being edited: many edits of cells, new ones and removed ones share one new list of cells.
import type { Document } from '../document.ts';
import { append, remove, set, update, type Path, type Spot } from '../json/edit.ts';
import { asNumber, at, Container, get, items, type Json, type JsonValue } from '../json/node.ts';
import { OperationError } from '../operation.ts';
import { Rows } from './rows.ts';

/** One edit of a cell: the cell, and where it stands. Gives the cell as it becomes. */
export type CellEdit = (spot: Spot) => Json;

/** The cells of one diagram while they are edited. */
interface Open {
  readonly diagram: number;
  readonly path: Path;
  readonly rows: Rows;
}

export class Draft {
  readonly #document: Document;
  #root: Json;
  #open: Open | null = null;
  /** The number of the threat that was added last, as long as none can have come from elsewhere. */
  #number: number | null = null;
  /** Whether the tree says so. */
  #isNumberSaid = true;

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
      const { path, rows } = this.#open;
      this.#open = null;
      const edited = rows.container();
      if (edited) this.#root = update(this.#spot, path, () => edited);
    }
    if (this.#number !== null && !this.#isNumberSaid) {
      this.#isNumberSaid = true;
      this.#root = set(this.#spot, ['detail', 'threatTop'], this.#number);
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
    const cell = this.#rows(diagram)?.get(id);
    if (!cell) throw noCell(diagram, id);
    return cell;
  }

  hasCell(diagram: number, id: string): boolean {
    return this.#rows(diagram)?.get(id) !== undefined;
  }

  editCell(diagram: number, id: string, edit: CellEdit): void {
    const rows = this.#rows(diagram);
    const node = rows?.get(id);
    if (!rows || !node) throw noCell(diagram, id);
    rows.set(id, edit({ layout: this.#document.layout, node, place: rows.place }));
  }

  /** Puts a cell behind the others. */
  addCell(diagram: number, id: string, cell: Json): void {
    const rows = this.#rows(diagram);
    if (!rows || rows.isEmpty) this.append([...this.diagram(diagram), 'cells'], cell);
    else rows.append(id, cell, this.#document.layout);
  }

  /** Takes the first cell with this id away. */
  removeCell(diagram: number, id: string): void {
    if (!this.#rows(diagram)?.remove(id)) throw noCell(diagram, id);
  }

  /** A number for a new threat, behind the highest there is, which is looked for but once. */
  nextNumber(highest: (root: Json) => number): number {
    this.#number = (this.#number ?? highest(this.root)) + 1;
    this.#isNumberSaid = false;
    return this.#number;
  }

  /** Before the numbers of threats come from elsewhere: then the highest is looked for again. */
  settleNumbers(): void {
    if (this.#number !== null) this.#root = this.root;
    this.#number = null;
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

  /** The cells of a diagram; none where it says nothing about them. */
  #rows(diagram: number): Rows | undefined {
    if (this.#open?.diagram !== diagram) {
      const root = this.root;
      const path = [...this.diagram(diagram), 'cells'];
      const cells = get(items(at(root, 'detail', 'diagrams'))[Number(path[2])], 'cells');
      if (!(cells instanceof Container)) return undefined;
      this.#open = { diagram, path, rows: new Rows(cells) };
    }
    return this.#open.rows;
  }
}

function noCell(diagram: number, id: string): OperationError {
  return new OperationError('noCell', `There is no cell ${JSON.stringify(id)} in diagram ${diagram}.`);
}

function diagramIndex(root: Json, id: number): number {
  return items(at(root, 'detail', 'diagrams')).findIndex((diagram) => asNumber(get(diagram, 'id')) === id);
}
