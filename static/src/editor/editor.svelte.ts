/// The state of the editor: a document's history, the diagram that is shown, and how one works on it.
///
/// The document is the only truth. A gesture applies its operations live: each movement replaces what the
/// gesture has done so far, so that everything on the screen just reads the document.
import type { Document } from '../model/document.ts';
import { History } from '../model/history.ts';
import { OperationError, type Operation } from '../model/operation.ts';
import { DiagramView, diagramView, type CellView } from '../model/views.ts';
import { parse } from '../model/json/parse.ts';
import { Selection } from './selection.svelte.ts';
import type { Tool } from './tool.ts';
import { Viewport } from './viewport.svelte.ts';

/** What the editor needs of the world. */
export interface World {
  /** A new id for a cell or a threat. */
  newId(): string;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** Something under way: a drag, for one. Its operations are seen at once and become one step in the end. */
export interface Gesture {
  /** Replaces all that the gesture has done. False when that is refused: then what it did last stays. */
  update(operations: readonly Operation[]): boolean;
  finish(): void;
  cancel(): void;
}

export class Editor {
  readonly world: World;
  readonly selection = new Selection();
  readonly view = new Viewport();
  tool: Tool = $state('select');
  /** The cell that the keyboard is at. */
  focus: string | null = $state(null);
  /** The last thing said to those who do not see the canvas; `count` tells repeated ones apart. */
  said = $state.raw({ text: '', count: 0 });
  /** Whether a gesture is under way. */
  busy = $state(false);
  /** The cell whose name is being typed on the canvas. */
  naming: string | null = $state(null);
  /** The grid: whether it is seen, and whether things snap to it. */
  readonly grid = $state({ shown: true, snaps: true });
  #history: History;
  #diagramId: number;

  readonly document: Document = $derived.by(() => this.#history.document);
  readonly diagram: DiagramView = $derived.by(() => this.document.diagram(this.#diagramId) ?? NO_DIAGRAM);
  /** In the order in which they are drawn. */
  readonly cells: readonly CellView[] = $derived(drawn(this.diagram));

  constructor(history: History, diagramId: number, world: World) {
    this.#history = $state.raw(history);
    this.#diagramId = $state(diagramId);
    this.world = world;
  }

  get history(): History {
    return this.#history;
  }

  get diagramId(): number {
    return this.#diagramId;
  }

  /** The selected cells, in the order in which they are drawn. */
  get selected(): CellView[] {
    return this.cells.filter((cell) => this.selection.has(cell.id));
  }

  show(diagramId: number): void {
    this.#diagramId = diagramId;
    this.selection.clear();
    this.focus = null;
    this.tool = 'select';
  }

  /** Does something as one step. False when it is refused: then it has been said why. */
  do(name: string, operations: readonly Operation[], key?: string): boolean {
    const step = { name, operations, at: this.world.now(), ...(key === undefined ? {} : { key }) };
    return this.#try(() => this.#history.do(step));
  }

  begin(name: string): Gesture {
    const before = this.#history;
    const at = this.world.now();
    this.busy = true;
    const end = (history: History) => {
      this.busy = false;
      this.#become(history);
    };
    return {
      update: (operations) => this.#try(() => before.do({ name, operations, at })),
      finish: () => end(this.#history),
      cancel: () => end(before),
    };
  }

  undo(): void {
    const step = this.#history.undoable;
    if (this.busy || !step) return;
    this.#become(this.#history.undo());
    this.announce(`Undone: ${step.name}`);
  }

  redo(): void {
    const step = this.#history.redoable;
    if (this.busy || !step) return;
    this.#become(this.#history.redo());
    this.announce(`Done again: ${step.name}`);
  }

  /** Says something to those who do not see the canvas. */
  announce(text: string): void {
    this.said = { text, count: this.said.count + 1 };
  }

  #try(next: () => History): boolean {
    try {
      this.#become(next());
      return true;
    } catch (thrown) {
      if (!(thrown instanceof OperationError)) throw thrown;
      this.announce(thrown.message);
      return false;
    }
  }

  #become(history: History): void {
    this.#history = history;
    const isThere = (id: string) => this.diagram.cell(id) !== undefined;
    this.selection.keep(isThere);
    if (this.focus !== null && !isThere(this.focus)) this.focus = null;
  }
}

/** What is shown when the diagram has been taken away. */
const NO_DIAGRAM = diagramView(parse('{}').root);

/** By level, then as in the file. */
function drawn(diagram: DiagramView): readonly CellView[] {
  const { cells } = diagram;
  const inOrder = cells.every((cell, index) => index === 0 || (cells[index - 1]?.zIndex ?? 0) <= cell.zIndex);
  return inOrder ? cells : cells.toSorted((a, b) => a.zIndex - b.zIndex);
}
