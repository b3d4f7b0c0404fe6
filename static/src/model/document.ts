/// A threat model as the file that it is: whoever only reads it gets back the very same text.
import { sameText } from './json/equal.ts';
import { layoutOf, type Layout } from './json/layout.ts';
import { asText, at, get, isArray, isObject, items, type Json } from './json/node.ts';
import { DEPTH_MAX, parse, type JsonFile } from './json/parse.ts';
import { diagramView, type DiagramView } from './views.ts';

/** Why a text is not a threat model; `pointer` says which part of it. */
export class InvalidModel extends Error {
  readonly pointer: string;

  constructor(pointer: string, expected: string) {
    super(pointer === '' ? `A threat model must be ${expected}.` : `${pointer} must be ${expected} in a threat model.`);
    this.name = 'InvalidModel';
    this.pointer = pointer;
  }
}

export class Document {
  readonly #file: JsonFile;
  readonly layout: Layout;
  readonly generation: 1 | 2;
  readonly diagrams: readonly DiagramView[];

  private constructor(file: JsonFile, layout: Layout) {
    this.#file = file;
    this.layout = layout;
    this.generation = check(file.root);
    this.diagrams = items(at(file.root, 'detail', 'diagrams')).map(diagramView);
  }

  /** @throws {JsonError | InvalidModel} */
  static parse(text: string): Document {
    const file = parse(text);
    return new Document(file, layoutOf(file.root));
  }

  get root(): Json {
    return this.#file.root;
  }

  /** The file's text: what was read, character by character, but for what has been edited. */
  text(): string {
    return this.#file.before + this.#file.root.raw + this.#file.after;
  }

  /** Whether both have the same text, found out without writing it. */
  sameText(other: Document): boolean {
    const [one, two] = [this.#file, other.#file];
    return one.before === two.before && one.after === two.after && sameText(one.root, two.root);
  }

  get title(): string {
    return asText(at(this.root, 'summary', 'title')) ?? '';
  }

  /** The first diagram with this id. */
  diagram(id: number): DiagramView | undefined {
    return this.diagrams.find((diagram) => diagram.id === id);
  }

  /** This document with another root. @throws {InvalidModel} when that is no threat model */
  with(root: Json): Document {
    if (root === this.root) return this;
    if (isObject(root) && root.depth > DEPTH_MAX) throw new InvalidModel('', `nested at most ${DEPTH_MAX} deep`);
    return new Document({ ...this.#file, root }, this.layout);
  }
}

/** Checks the frame of a model, as the server does, and tells its generation. Cells are checked once. */
function check(root: Json): 1 | 2 {
  if (!isObject(root)) throw new InvalidModel('', 'an object');
  const version = get(root, 'version');
  require(version === undefined || asText(version) !== undefined, '/version', 'a string');
  require(isObject(get(root, 'summary')), '/summary', 'an object');
  require(asText(at(root, 'summary', 'title')) !== undefined, '/summary/title', 'a string');
  require(isObject(get(root, 'detail')), '/detail', 'an object');
  require(isArray(at(root, 'detail', 'diagrams')), '/detail/diagrams', 'an array');
  const diagrams = items(at(root, 'detail', 'diagrams'));
  diagrams.forEach((diagram, index) => checkDiagram(diagram, `/detail/diagrams/${index}`));
  const anyHas = (key: string) => diagrams.some((diagram) => get(diagram, key) !== undefined);
  const old = /^1(\.|$)/.test(asText(version) ?? '1');
  if (anyHas('cells')) return 2;
  return old || anyHas('diagramJson') ? 1 : 2;
}

function checkDiagram(diagram: Json, pointer: string): void {
  require(isObject(diagram), pointer, 'an object');
  checkCells(diagram, pointer);
  const drawing = get(diagram, 'diagramJson');
  if (drawing === undefined) return;
  require(isObject(drawing), `${pointer}/diagramJson`, 'an object');
  checkCells(drawing, `${pointer}/diagramJson`);
}

function checkCells(holder: Json, pointer: string): void {
  const cells = get(holder, 'cells');
  if (cells === undefined) return;
  require(isArray(cells), `${pointer}/cells`, 'an array');
  items(cells).forEach((cell, index) => {
    if (!sound.has(cell)) checkCell(cell, `${pointer}/cells/${index}`);
    sound.add(cell);
  });
}

/** The cells that have been checked: an edit of one leaves the others the same. */
const sound = new WeakSet<Json>();

function checkCell(cell: Json, pointer: string): void {
  require(isObject(cell), pointer, 'an object');
  const data = get(cell, 'data');
  require(data === undefined || isObject(data), `${pointer}/data`, 'an object');
  checkThreats(data, `${pointer}/data`);
  checkThreats(cell, pointer);
}

function checkThreats(holder: Json | undefined, pointer: string): void {
  const threats = get(holder, 'threats');
  require(threats === undefined || isArray(threats), `${pointer}/threats`, 'an array');
  const odd = items(threats).findIndex((threat) => !isObject(threat));
  require(odd < 0, `${pointer}/threats/${odd}`, 'an object');
}

function require(holds: boolean, pointer: string, expected: string): asserts holds {
  if (!holds) throw new InvalidModel(pointer, expected);
}
