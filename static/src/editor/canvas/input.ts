/// Who hears what happens on the canvas: moving about comes first, the tools get the rest.
import type { Editor } from '../editor.svelte.ts';
import { EdgePan } from './edge-pan.ts';
import { Panning } from './panning.svelte.ts';

/** What the tools do with a pointer. */
export interface Tools {
  down(event: PointerEvent): void;
  move(event: PointerEvent): void;
  up(event: PointerEvent): void;
  /** What is under way is called off. */
  cancel(): void;
  double(event: MouseEvent): void;
  /** The context menu is asked for, by whichever means. */
  menu(event: MouseEvent): void;
  /** Whether something is dragged. */
  readonly dragging: boolean;
  /** What a key does. Whether it did something. */
  press(event: KeyboardEvent): boolean;
}

export class Input {
  readonly panning: Panning;
  readonly #editor: Editor;
  readonly #tools: Tools;
  readonly #edge: EdgePan;

  constructor(editor: Editor, tools: Tools) {
    this.#editor = editor;
    this.#tools = tools;
    this.panning = new Panning(editor);
    this.#edge = new EdgePan(editor.view, (event) => tools.move(event));
  }

  down(event: PointerEvent): void {
    if (isTyping(event.target)) return;
    if (!this.panning.down(event)) return this.#tools.down(event);
    this.#edge.stop();
    this.#tools.cancel();
    event.preventDefault();
  }

  move(event: PointerEvent): void {
    if (this.panning.move(event)) return;
    this.#tools.move(event);
    if (this.#tools.dragging) this.#edge.follow(event);
  }

  up(event: PointerEvent): void {
    this.#edge.stop();
    if (!this.panning.up(event)) this.#tools.up(event);
  }

  /** The pointer is lost, as when the browser takes a touch for its own. */
  lost(event: PointerEvent): void {
    this.#edge.stop();
    if (!this.panning.up(event)) this.#tools.cancel();
  }

  wheel(event: WheelEvent): void {
    event.preventDefault();
    this.panning.wheel(event);
    this.#editor.hovered = null;
  }

  keyDown(event: KeyboardEvent): void {
    if (isTyping(event.target) || event.defaultPrevented) return;
    if (event.key !== ' ' || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) {
      if (this.#tools.press(event)) event.preventDefault();
      return;
    }
    this.panning.spaceDown();
    event.preventDefault();
  }

  keyUp(event: KeyboardEvent): void {
    if (event.key === ' ' && this.panning.spaceUp()) this.#tools.press(event);
  }
}

/** Whether a name is being typed there, or a control used: that is no business of the canvas. */
function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, button, summary, [contenteditable]') !== null;
}
