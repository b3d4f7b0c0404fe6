/// The state of the editor: a document's history, the diagram that is shown, and how one works on it.
///
/// The document is the only truth. A gesture applies its operations live: each movement replaces what the
/// gesture has done so far, so that everything on the screen just reads the document.
import { t } from '../i18n/translate.svelte.ts';
import type { Document } from '../model/document.ts';
import type { Supply } from '../model/library.ts';
import type { OwnMethodology } from '../model/own-methodology.ts';
import { History, type Step } from '../model/history.ts';
import { OperationError, type Operation } from '../model/operation.ts';
import { DiagramView, diagramView, type CellView } from '../model/views.ts';
import { parse } from '../model/json/parse.ts';
import { NO_FILTER, type Filter } from './canvas/filter.ts';
import { backToFront } from './figure/order.ts';
import { Traces } from './gestures/traces.svelte.ts';
import type { Pane, Panel } from './panel.ts';
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
  /** Replaces all that the gesture has done, and what it is called. False when that is refused: then what it did last stays. */
  update(operations: readonly Operation[], name?: string): boolean;
  finish(): void;
  cancel(): void;
}

/** What has been done that people may want to undo at once, by which step; what happens when it is undone. */
export interface Done {
  readonly text: string;
  readonly step: Step;
  readonly restored: (() => void) | undefined;
}

export class Editor {
  readonly world: World;
  readonly #entering = new Set<() => void>();
  readonly selection = new Selection();
  readonly view = new Viewport();
  tool: Tool = $state('select');
  /** The cell that the keyboard is at. */
  focus: string | null = $state(null);
  /** Whether only the mouse has put it there: then nothing shows it, and once nothing is selected no key is about it. */
  focusedByMouse = $state(false);
  /** Whether the keyboard is at the canvas as a whole: Tab goes on from there to what follows the canvas. */
  resting = $state(false);
  /** The last thing said; `count` tells repeated ones apart. `seen` are those that everyone is shown. */
  said = $state.raw({ text: '', count: 0, seen: false });
  /** Whether a gesture is under way. */
  busy = $state(false);
  /** The cell whose name is being typed on the canvas. */
  naming: string | null = $state(null);
  /** The cell under the mouse. */
  hovered: string | null = $state(null);
  /** Whether the tool stays after something has been drawn with it. */
  pinned = $state(false);
  /** What lies over the canvas. */
  panel: Panel | null = $state.raw(null);
  /** What the branch of the model brings to take from; null for a file of this computer. */
  supply: Supply | null = $state.raw(null);
  /** Those that the branch's packs define, once they are known. */
  methodologies: readonly OwnMethodology[] = $state.raw([]);
  /** What a gesture shows besides the document. */
  readonly traces = new Traces();
  /** The grid: whether it is seen, and whether things snap to it and to lines. */
  readonly grid = $state({ shown: true, snaps: true });
  /** Which cells stand out; the others fade. */
  filter: Filter = $state.raw(NO_FILTER);
  /** What is shown besides the drawing itself. */
  readonly shows = $state({ badges: true, crossings: false, heat: false, minimap: false });
  /** The tab of the pane beside the canvas; `count` tells when it was asked for to be worked in. */
  pane = $state.raw<{ name: Pane; count: number; threat: string | null }>({
    name: 'properties',
    count: 0,
    threat: null,
  });
  /** What has been told with a way to undo it. */
  done: Done | null = $state.raw(null);
  /** How often the keyboard has been sent to the canvas from elsewhere. */
  recalls = $state(0);
  #history: History;
  #diagramId: number;
  #restarts = 0;

  readonly document: Document = $derived.by(() => this.#history.document);
  readonly diagram: DiagramView = $derived.by(() => this.document.diagram(this.#diagramId) ?? NO_DIAGRAM);
  /** In the order in which they are drawn. */
  readonly cells: readonly CellView[] = $derived(backToFront(this.diagram.cells));

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
    this.hovered = null;
    this.tool = 'select';
    this.#leave();
  }

  /** Does something as one step. False when it is refused: then it has been said why. */
  do(name: string, operations: readonly Operation[], key?: string): boolean {
    const step = { name, operations, at: this.world.now(), ...(key === undefined ? {} : { key }) };
    return this.#try(() => this.#history.do(step));
  }

  begin(name: string): Gesture {
    const before = this.#history;
    const at = this.world.now();
    const start = this.#restarts;
    this.busy = true;
    const end = (history: History) => {
      if (start !== this.#restarts) return;
      this.busy = false;
      this.#become(history);
    };
    return {
      update: (operations, renamed = name) =>
        start === this.#restarts && this.#try(() => before.do({ name: renamed, operations, at })),
      finish: () => end(this.#history),
      cancel: () => end(before),
    };
  }

  /** A field that enters what is typed only at its end does so by `enter` when it is asked to; gives what ends that. */
  entering(enter: () => void): () => void {
    this.#entering.add(enter);
    return () => this.#entering.delete(enter);
  }

  /** Enters what is typed and not entered yet, as before saving. */
  enterTyped(): void {
    for (const enter of this.#entering) enter();
  }

  /** Goes on with another history, as after a merge. A gesture that is under way ends with what it has done. */
  restart(history: History): void {
    this.#restarts += 1;
    this.busy = false;
    this.#leave();
    this.#become(history);
  }

  /** A name and a panel are about what was shown: the name's field keeps what was typed, as it goes. */
  #leave(): void {
    this.naming = null;
    this.panel = null;
  }

  undo(): void {
    const step = this.#history.undoable;
    if (this.busy || !step) return;
    this.#become(this.#history.undo());
    this.announce(t('canvas.undone', { step: step.name }));
  }

  redo(): void {
    const step = this.#history.redoable;
    if (this.busy || !step) return;
    this.#become(this.#history.redo());
    this.announce(t('canvas.redone', { step: step.name }));
  }

  /** Shows a tab of the pane and goes there: to one of the threats, when it is named. */
  openPane(name: Pane, threat?: string): void {
    this.pane = { name, count: this.pane.count + 1, threat: threat ?? null };
  }

  /** Brings the keyboard to the canvas, at the cell where it is there. */
  recall(): void {
    this.recalls += 1;
  }

  /** Brings the keyboard to the canvas as a whole. */
  rest(): void {
    this.focus = null;
    this.resting = true;
    this.recall();
  }

  /** Says something to those who do not see the canvas. */
  announce(text: string): void {
    this.said = { text, count: this.said.count + 1, seen: false };
  }

  /** Says to everyone that something could not be done, and what to do. */
  warn(text: string): void {
    this.said = { text, count: this.said.count + 1, seen: true };
  }

  /** Tells what the last step has done, and offers to undo it. `restored` is then done besides. */
  tellDone(text: string, restored?: () => void): void {
    const step = this.#history.undoable;
    if (step) this.done = { text, step, restored };
    this.announce(text);
  }

  #try(next: () => History): boolean {
    try {
      this.#become(next());
      return true;
    } catch (thrown) {
      if (!(thrown instanceof OperationError)) throw thrown;
      this.warn(t(`canvas.refused-${thrown.code}`));
      return false;
    }
  }

  #become(history: History): void {
    this.#history = history;
    const [first] = this.document.diagrams;
    if (this.diagram === NO_DIAGRAM && typeof first?.id === 'number') this.show(first.id);
    const isThere = (id: string) => this.diagram.cell(id) !== undefined;
    this.selection.keep(isThere);
    if (this.focus !== null && !isThere(this.focus)) this.focus = null;
  }
}

/** What is shown when the diagram has been taken away. */
const NO_DIAGRAM = diagramView(parse('{}').root);
