/// Dragging something from the stencil onto the canvas.
import type { Editor } from '../editor.svelte.ts';
import { isEdgeKind } from '../../model/new-cell.ts';
import type { NewKind } from '../../model/vocabulary.ts';
import { placing } from './create.ts';
import { keysOf, type Press } from './drag.ts';
import { linePlacing } from './place-line.ts';

export interface Bring {
  move(press: Press): void;
  /** Let go: over the canvas it stays, elsewhere nothing has been. */
  drop(press: Press): void;
  cancel(): void;
}

export function bring(editor: Editor, kind: NewKind): Bring {
  const { view } = editor;
  const it = isEdgeKind(kind) ? linePlacing(editor, kind) : placing(editor, kind);
  const inputOf = (press: Press) => ({ at: view.toDiagram(press.clientX, press.clientY), ...keysOf(press) });
  const move = (press: Press) => {
    const [x, y] = [press.clientX - view.left, press.clientY - view.top];
    const isOver = x >= 0 && y >= 0 && x <= view.width && y <= view.height;
    if (isOver) it.at(inputOf(press));
    else it.away();
  };
  return {
    move,
    drop: (press) => {
      move(press);
      editor.traces.clear();
      it.finish(inputOf(press));
    },
    cancel: () => {
      editor.traces.clear();
      it.cancel();
    },
  };
}
