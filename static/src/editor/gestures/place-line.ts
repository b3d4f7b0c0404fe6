/// A flow or a boundary curve brought from the stencil: as long as usual, and from the element that it is let
/// go over.
import { t } from '../../i18n/translate.svelte.ts';
import type { Editor } from '../editor.svelte.ts';
import { newEdge, type EdgeKind, type Ends } from '../../model/new-cell.ts';
import type { Point } from '../../model/views.ts';
import { boxOf } from '../geometry/box.ts';
import { drawn, type Placing } from './create.ts';
import { nodeAt } from './ends.ts';
import { gridded } from './snapping.ts';
import { newName } from './words.ts';

/** Half of how long it is. */
const HALF = 80;

export function linePlacing(editor: Editor, kind: EdgeKind): Pick<Placing, 'at' | 'away' | 'finish' | 'cancel'> {
  const id = editor.world.newId();
  const gesture = editor.begin(t(`canvas.add-${kind}`));
  let isThere = false;
  return {
    at: (input) => {
      const at = gridded(editor, input.at, input.alt);
      const ends =
        kind === 'flow'
          ? flowEnds(editor, at)
          : { source: { x: at.x, y: at.y - HALF }, target: { x: at.x, y: at.y + HALF } };
      isThere = gesture.update([
        { type: 'addCell', diagram: editor.diagramId, cell: newEdge(kind, id, newName(kind), ends) },
      ]);
    },
    away: () => {
      isThere = false;
      editor.traces.target = null;
      gesture.update([]);
    },
    finish: (input) => {
      if (!isThere) return gesture.cancel();
      gesture.finish();
      drawn(editor, kind, id, input.shift);
    },
    cancel: () => gesture.cancel(),
  };
}

function flowEnds(editor: Editor, at: Point): Ends {
  const node = nodeAt(editor.cells, at, 0);
  const box = node && boxOf(node);
  editor.traces.target = node?.id ?? null;
  if (!node || !box) return { source: { x: at.x - HALF, y: at.y }, target: { x: at.x + HALF, y: at.y } };
  return { source: { cell: node.id }, target: { x: box.x + box.width + HALF, y: box.y + box.height / 2 } };
}
