/// What the canvas hands on: the pointer to the gestures, the keys to the commands.
import type { Tools } from '../../editor/canvas/input.ts';
import { press } from '../../editor/commands/keys.ts';
import type { Editor } from '../../editor/editor.svelte.ts';
import { Pointer } from '../../editor/gestures/pointer.svelte.ts';

export function toolsOf(editor: Editor): Tools {
  const pointer = new Pointer(editor);
  return {
    down: (event) => pointer.down(event),
    move: (event) => pointer.move(event),
    up: (event) => pointer.up(event),
    cancel: () => pointer.cancel(),
    double: (event) => pointer.double(event),
    menu: (event) => pointer.menu(event),
    get dragging() {
      return pointer.dragging;
    },
    press: (event) => pointer.key(event) || press(event, editor),
  };
}
