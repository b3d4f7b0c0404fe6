/// How a diagram is seen when it opens, and anew when the window changes: until one has moved about or drawn.
import type { Editor } from '../editor.svelte.ts';
import type { Box } from '../geometry/box.ts';

export class Opening {
  readonly #editor: Editor;
  #last: ReturnType<typeof stateOf> | null = null;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  /** `all`: around what is drawn, null when that is nothing. */
  settle(all: () => Box | null): void {
    const last = this.#last;
    const now = stateOf(this.#editor);
    const untouched = last?.document === now.document && last.x === now.x && last.y === now.y && last.zoom === now.zoom;
    if (last?.diagram === now.diagram && !untouched) return;
    this.#editor.view.open(all());
    this.#last = stateOf(this.#editor);
  }
}

function stateOf({ diagramId, document, view }: Editor) {
  return { diagram: diagramId, document, x: view.x, y: view.y, zoom: view.zoom };
}
