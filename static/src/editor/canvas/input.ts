/// Who hears what happens on the canvas: moving about comes first, the tools get the rest.
import { press } from '../commands/keys.ts';
import type { Editor } from '../editor.svelte.ts';
import { hitOf } from '../gestures/hit.ts';
import { Pointer } from '../gestures/pointer.svelte.ts';
import { EdgePan } from './edge-pan.ts';
import { Panning } from './panning.svelte.ts';

export class Input {
  readonly panning: Panning;
  readonly #editor: Editor;
  readonly #pointer: Pointer;
  readonly #edge: EdgePan;

  constructor(editor: Editor) {
    this.#editor = editor;
    this.#pointer = new Pointer(editor);
    this.panning = new Panning(editor);
    this.#edge = new EdgePan(editor.view, (event) => this.#pointer.move(event));
  }

  down(event: PointerEvent): void {
    if (!this.panning.down(event)) return this.#pointer.down(event);
    this.#edge.stop();
    this.#pointer.cancel();
    event.preventDefault();
  }

  move(event: PointerEvent): void {
    if (this.panning.move(event)) return;
    this.#pointer.move(event);
    if (this.#pointer.reaches) this.#edge.follow(event);
  }

  up(event: PointerEvent): void {
    this.#edge.stop();
    if (!this.panning.up(event)) this.#pointer.up(event);
  }

  /** The pointer is lost, as when the browser takes a touch for its own. */
  lost(event: PointerEvent): void {
    this.#edge.stop();
    if (!this.panning.up(event)) this.#pointer.cancel();
  }

  /** The canvas goes away: what is under way is called off. */
  close(): void {
    this.#edge.stop();
    this.#pointer.cancel();
  }

  /** What is met is asked of the page: while a pointer is held, its events all say the canvas. */
  double(event: MouseEvent): void {
    this.#pointer.double(event, hitOf(document.elementFromPoint(event.clientX, event.clientY)));
  }

  menu(event: MouseEvent): void {
    this.#pointer.menu(event);
  }

  wheel(event: WheelEvent): void {
    event.preventDefault();
    this.panning.wheel(event);
  }

  keyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || isControl(event.target)) return;
    const plainSpace = event.key === ' ' && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
    if (plainSpace) this.panning.spaceDown();
    if (plainSpace || this.#pointer.key(event) || press(event, this.#editor)) event.preventDefault();
  }

  keyUp(event: KeyboardEvent): void {
    if (event.key === ' ' && this.panning.spaceUp()) press(event, this.#editor);
  }
}

/** Whether the keys are those of a field or a button on the canvas. */
function isControl(target: EventTarget | null): boolean {
  return (
    target instanceof Element && target.closest('input, textarea, select, button, summary, [contenteditable]') !== null
  );
}
