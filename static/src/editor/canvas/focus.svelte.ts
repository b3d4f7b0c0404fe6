/// The keyboard on the canvas: it goes to the cell that the editor says, and is not lost with a cell that goes.
import { untrack } from 'svelte';
import type { Editor } from '../editor.svelte.ts';

export class CanvasFocus {
  /** Whether the focus came by keyboard: then it is shown. */
  visible = $state(false);
  readonly #editor: Editor;
  readonly #host: () => HTMLElement | undefined;

  /** To be made while a component is; `drawn` is read for what it depends on: the cells that are there. */
  constructor(editor: Editor, host: () => HTMLElement | undefined, drawn: () => unknown) {
    this.#editor = editor;
    this.#host = host;
    let wasHere = false;
    $effect.pre(() => {
      void [editor.focus, drawn()];
      wasHere = this.#isHere();
    });
    $effect(() => {
      void drawn();
      if (wasHere) this.#follow(editor.focus);
    });
    let recalls = editor.recalls;
    $effect(() => {
      if (editor.recalls === recalls) return;
      recalls = editor.recalls;
      untrack(() => this.#go(editor.focus));
    });
  }

  /** An element has got the focus. The cell that it belongs to, when it came there by keyboard. */
  came(event: FocusEvent): string | null {
    const option = event.target instanceof Element ? event.target.closest('[role=option]') : null;
    const id = option?.getAttribute('data-cell') ?? null;
    if (!option || id === null) return null;
    this.#editor.focus = id;
    this.visible = option.matches(':focus-visible');
    this.#editor.focusedByMouse = !this.visible;
    this.#editor.resting = false;
    return this.visible ? id : null;
  }

  left({ target }: FocusEvent): void {
    this.visible = false;
    if (target === this.#host()) this.#editor.resting = false;
  }

  #isHere(): boolean {
    return this.#host()?.contains(document.activeElement) ?? false;
  }

  #follow(id: string | null): void {
    const host = this.#host();
    const active = document.activeElement;
    const onCells = active === host || active?.getAttribute('role') === 'option';
    if (this.#isHere() && !onCells) return;
    this.#go(id);
  }

  #go(id: string | null): void {
    const host = this.#host();
    if (!host) return;
    const option = id === null ? null : host.querySelector<SVGElement>(`[role=option][data-cell="${CSS.escape(id)}"]`);
    if (option === document.activeElement) return;
    (option ?? host).focus({ preventScroll: true });
  }
}
