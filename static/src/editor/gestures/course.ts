/// Dragging at a flow or a boundary curve: its ends, its vertices, the line between them, its label.
import { t } from '../../i18n/translate.svelte.ts';
import type { Editor } from '../editor.svelte.ts';
import { flowPath } from '../geometry/flow.ts';
import { distanceOf } from '../geometry/label.ts';
import { labelMiddle } from '../geometry/labels-apart.ts';
import type { Path } from '../geometry/path.ts';
import { distance, tidy } from '../geometry/point.ts';
import { isCellEnd, type CellView, type Point } from '../../model/views.ts';
import { targetOf } from './connect.ts';
import { live, type Drag, type Input } from './drag.ts';
import { gridded, others, snapped } from './snapping.ts';
import { called } from './words.ts';

/** How near its neighbour a vertex is dropped to be removed, in pixels of the screen. */
const MERGES = 10;
/** How far a tied end is pulled before it comes off, in pixels of the screen. */
const SLIP = 16;
/** How far from the way a label is dragged to stay beside it, in pixels of the diagram. */
const BESIDE = 14;

/** Drags an end to an element or a point. The handle of a tied end stands off: a small slip does not untie it. */
export function endDrag(editor: Editor, edge: CellView, end: 'source' | 'target', from: Point): Drag | null {
  if (edge.locked) return null;
  const gesture = editor.begin(t('canvas.reconnect', { what: called(edge) }));
  const isFlow = edge.kind !== 'boundary-curve';
  let away = !isCellEnd(edge[end]);
  return live(gesture, (input) => {
    away ||= distance(from, input.at) > SLIP / editor.view.zoom;
    if (!away) return;
    const to = isFlow ? targetOf(editor, input) : gridded(editor, input.at, input.alt);
    gesture.update([{ type: 'setEnd', diagram: editor.diagramId, cell: edge.id, end, to }]);
  });
}

/** Drags a vertex; dropped on a neighbour it goes away. */
export function vertexDrag(editor: Editor, edge: CellView, index: number): Drag | null {
  if (edge.locked || edge.vertices[index] === undefined) return null;
  return bent(editor, edge, edge.vertices, index);
}

/** Drags the line: it gets a vertex where it was taken. */
export function lineDrag(editor: Editor, edge: CellView, from: Point): Drag | null {
  if (edge.locked) return null;
  const index = indexFor(flowPath(edge, editor.diagram).path, edge.vertices, from);
  return bent(editor, edge, edge.vertices.toSpliced(index, 0, from), index);
}

function bent(editor: Editor, edge: CellView, vertices: readonly Point[], index: number): Drag {
  const { start, end } = flowPath(edge, editor.diagram);
  const neighbours = [vertices[index - 1] ?? start, vertices[index + 1] ?? end];
  const around = others(editor, () => false);
  const gesture = editor.begin(t('canvas.bend', { what: called(edge) }));
  return live(gesture, (input) => {
    const removed = neighbours.some((point) => distance(point, input.at) <= MERGES / editor.view.zoom);
    const next = removed
      ? vertices.toSpliced(index, 1)
      : vertices.with(index, placed(editor, input, neighbours, around));
    gesture.update([{ type: 'setVertices', diagram: editor.diagramId, cell: edge.id, vertices: next }]);
  });
}

function placed(editor: Editor, input: Input, neighbours: readonly Point[], around: ReturnType<typeof others>): Point {
  if (input.alt) {
    editor.traces.clear();
    return gridded(editor, input.at, true);
  }
  const dots = neighbours.map(({ x, y }) => ({ x, y, width: 0, height: 0 }));
  const more = snapped(editor, { ...input.at, width: 0, height: 0 }, [...dots, ...around], MIDDLE);
  return { x: tidy(input.at.x + more.x, 2), y: tidy(input.at.y + more.y, 2) };
}

const MIDDLE = { x: ['middle'], y: ['middle'] } as const;

/** Where in the list a vertex belongs that lies at a point of the way. */
export function indexFor(path: Path, vertices: readonly Point[], point: Point): number {
  const along = path.nearest(point).distance;
  const behind = vertices.findIndex((vertex) => path.nearest(vertex).distance > along);
  return behind < 0 ? vertices.length : behind;
}

export function removeVertex(editor: Editor, edge: CellView, index: number): void {
  if (edge.locked || edge.vertices[index] === undefined) return;
  const vertices = edge.vertices.toSpliced(index, 1);
  editor.do(t('canvas.straighten', { what: called(edge) }), [
    { type: 'setVertices', diagram: editor.diagramId, cell: edge.id, vertices },
  ]);
}

/** Drags a label along the way, or beside it. */
export function labelDrag(editor: Editor, edge: CellView, from: Point): Drag | null {
  if (edge.locked) return null;
  const { path } = flowPath(edge, editor.diagram);
  const label = labelMiddle(edge, editor.diagram);
  const gesture = editor.begin(t('canvas.move-label', { what: called(edge) }));
  return live(gesture, ({ at }) => {
    const middle = { x: label.x + at.x - from.x, y: label.y + at.y - from.y };
    const place = labelPlace(path, middle);
    const keepsTo = place.offset === 0 && edge.label.offset === 0;
    gesture.update([
      {
        type: 'placeLabel',
        diagram: editor.diagramId,
        cell: edge.id,
        ...(keepsTo ? { distance: place.distance } : place),
      },
    ]);
  });
}

/** Where a label is whose middle is at a point: near the way it lies on it. */
export function labelPlace(path: Path, middle: Point): { distance: number; offset: number } {
  const part = distanceOf(path, middle);
  const on = path.at(part * path.length);
  const way = path.direction(part * path.length);
  const offset = (middle.y - on.y) * way.x - (middle.x - on.x) * way.y;
  return { distance: part, offset: Math.abs(offset) < BESIDE ? 0 : Math.round(offset) };
}
