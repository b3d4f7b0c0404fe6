/// Putting new elements, and flows to them, where there is room: drawing without a pointer.
import { t } from '../../i18n/translate.svelte.ts';
import { newEdge, newNode, NEW_SIZE, type NodeKind } from '../../model/new-cell.ts';
import type { Operation } from '../../model/operation.ts';
import type { CellView, Point, Size } from '../../model/views.ts';
import type { NewKind } from '../../model/vocabulary.ts';
import type { Editor } from '../editor.svelte.ts';
import { boxOf, grow, union, type Box } from '../geometry/box.ts';
import { drawn, isNodeKind, place } from '../gestures/create.ts';
import { called, newName } from '../gestures/words.ts';
import { aroundPoint, besideBox } from '../navigate/free-spot.ts';
import { aimed, focused, isElement } from './aim.ts';
import { extent } from './viewing.ts';

/** The room between a boundary and what it is put around. */
const MARGIN = 40;
/** How long a new curve is. */
const CURVE = 200;

/** A new element: near a point, or near the cell that the keyboard is at, or in the middle of the view. */
export function create(editor: Editor, kind: NewKind, at?: Point): void {
  if (kind === 'flow') {
    editor.tool = 'flow';
    return;
  }
  if (at && isNodeKind(kind)) return place(editor, kind, { at, shift: false, alt: false, ctrl: false });
  const id = editor.world.newId();
  const cell =
    kind === 'boundary-curve'
      ? newEdge(kind, id, newName(kind), curveAt(at ?? editor.view.centre))
      : newNode(kind, id, newName(kind), placeFor(editor, kind));
  const isDone = editor.do(t(`canvas.add-${kind}`), [{ type: 'addCell', diagram: editor.diagramId, cell }]);
  if (isDone) show(editor, kind, id);
}

/** A flow from one element to another. */
export function connect(editor: Editor, from: CellView, to: CellView): void {
  const [flow, operation] = flowBetween(editor, from.id, to.id);
  if (editor.do(t('canvas.connect', { from: called(from), to: called(to) }), [operation])) show(editor, 'flow', flow);
}

/** A new element beside another, with a flow to it. */
export function connectToNew(editor: Editor, from: CellView, kind: NodeKind): void {
  const id = editor.world.newId();
  const cell = newNode(kind, id, newName(kind), placeFor(editor, kind, from));
  const [, flow] = flowBetween(editor, from.id, id);
  const name = t(`canvas.connect-new-${kind}`, { from: called(from) });
  if (editor.do(name, [{ type: 'addCell', diagram: editor.diagramId, cell }, flow])) show(editor, kind, id);
}

function flowBetween(editor: Editor, from: string, to: string): [id: string, operation: Operation] {
  const id = editor.world.newId();
  const cell = newEdge('flow', id, newName('flow'), { source: { cell: from }, target: { cell: to } });
  return [id, { type: 'addCell', diagram: editor.diagramId, cell }];
}

/** What is new is selected and in sight, and its name can be typed. */
function show(editor: Editor, kind: NewKind, id: string): void {
  drawn(editor, kind, id, false);
  const cell = editor.diagram.cell(id);
  const box = cell && extent(editor, cell);
  if (box) editor.view.reveal(box);
}

function placeFor(editor: Editor, kind: NodeKind, near = focused(editor)): Box {
  const size = NEW_SIZE[kind];
  const around = kind === 'boundary-box' ? boxAround(aimed(editor).filter(isElement)) : null;
  return around ?? { ...spotFor(editor, size, near), ...size };
}

function spotFor(editor: Editor, size: Size, near: CellView | null): Point {
  const box = near && near.kind !== 'boundary-box' ? boxOf(near) : null;
  return box ? besideBox(box, size, editor.cells) : aroundPoint(middleOf(editor, near), size, editor.cells);
}

/** Within a boundary that the keyboard is at; else in the middle of the view. */
function middleOf(editor: Editor, near: CellView | null): Point {
  const box = near && boxOf(near);
  return box ? { x: box.x + box.width / 2, y: box.y + box.height / 2 } : editor.view.centre;
}

function boxAround(cells: readonly CellView[]): Box | null {
  const box = union(cells.flatMap((cell) => boxOf(cell) ?? []));
  return box && grow(box, MARGIN);
}

function curveAt(middle: Point): { source: Point; target: Point; vertices: Point[] } {
  const [x, y] = [Math.round(middle.x), Math.round(middle.y)];
  return {
    source: { x, y: y - CURVE / 2 },
    target: { x, y: y + CURVE / 2 },
    vertices: [{ x: x + CURVE / 8, y }],
  };
}
