/// What begins when a pressed pointer moves: by the tool, and by what was pressed.
import type { Editor } from '../editor.svelte.ts';
import { isCellEnd, type CellView, type Point } from '../../model/views.ts';
import { bandDrag } from './band.ts';
import { connectDrag, curveDrag } from './connect.ts';
import { endDrag, labelDrag, lineDrag, vertexDrag } from './course.ts';
import { isNodeKind, sizeDrag } from './create.ts';
import type { Drag, Keys } from './drag.ts';
import { duplicateDrag } from './duplicate.ts';
import { NEAR, nodeAt } from './ends.ts';
import type { Hit } from './hit.ts';
import { moveDrag } from './move.ts';
import { panDrag } from './pan.ts';
import { resizeDrag, turnDrag } from './resize.ts';
import { handleOf } from './resizing.ts';

export interface Start {
  readonly hit: Hit;
  readonly at: Point;
  readonly keys: Keys;
  /** Whether a finger pressed. */
  readonly touch: boolean;
  /** Whether what was pressed had been selected before. */
  readonly wasSelected: boolean;
}

/** Null when nothing can be dragged there. */
export function beginDrag(editor: Editor, start: Start): Drag | null {
  const { tool } = editor;
  if (tool === 'hand') return null;
  if (tool === 'flow')
    return connectDrag(editor, nodeAt(editor.cells, start.at, NEAR / editor.view.zoom) ?? null, start.at);
  if (tool === 'boundary-curve') return curveDrag(editor, start.at);
  if (isNodeKind(tool)) return sizeDrag(editor, tool, start.at);
  const cell = start.hit.cell === null ? undefined : editor.diagram.cell(start.hit.cell);
  if (start.hit.cell === null || cell === undefined) {
    return start.touch
      ? panDrag(editor.view, start.at)
      : bandDrag(editor, start.at, start.keys.shift || start.keys.ctrl);
  }
  return dragAt(editor, cell, start.hit, start);
}

function dragAt(editor: Editor, cell: CellView, hit: Exclude<Hit, { cell: null }>, start: Start): Drag | null {
  switch (hit.part) {
    case 'handle': {
      const handle = handleOf(hit.at);
      return handle ? resizeDrag(editor, cell, handle, start.at) : null;
    }
    case 'turn':
      return turnDrag(editor, cell, start.at);
    case 'port':
    case 'arrow':
      return connectDrag(editor, cell, start.at);
    case 'end':
      return endDrag(editor, cell, hit.at === 'source' ? 'source' : 'target', start.at);
    case 'vertex':
      return vertexDrag(editor, cell, Number(hit.at));
    case 'segment':
      return lineDrag(editor, cell, start.at);
    case 'label':
      return cell.isEdge && !isOneOfMany(editor, cell) ? labelDrag(editor, cell, start.at) : moved(editor, start);
    default:
      return cell.isEdge && bends(editor, cell, start) ? lineDrag(editor, cell, start.at) : moved(editor, start);
  }
}

/** Alt at the start duplicates; ctrl at the start leaves behind what lies in a boundary. */
function moved(editor: Editor, { at, keys }: Start): Drag | null {
  return keys.alt ? duplicateDrag(editor, at) : moveDrag(editor, at, !keys.ctrl);
}

/** A line that hangs on nothing is moved as a whole until it is selected; any other is bent. */
function bends(editor: Editor, edge: CellView, start: Start): boolean {
  if (isOneOfMany(editor, edge)) return false;
  return start.wasSelected || isCellEnd(edge.source) || isCellEnd(edge.target);
}

function isOneOfMany(editor: Editor, cell: CellView): boolean {
  return editor.selection.size > 1 && editor.selection.has(cell.id);
}
