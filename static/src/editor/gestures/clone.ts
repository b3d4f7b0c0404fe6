/// The arrows beside an element: a click puts another one of its kind there, with a flow to it.
import { t } from '../../i18n/translate.svelte.ts';
import type { Editor } from '../editor.svelte.ts';
import { boxOf, grow, overlaps, type Box } from '../geometry/box.ts';
import { newEdge, newNode } from '../../model/new-cell.ts';
import type { CellView } from '../../model/views.ts';
import { drawn, isNodeKind } from './create.ts';
import { called, newName } from './words.ts';

export const SIDES = ['top', 'right', 'bottom', 'left'] as const;
export type Side = (typeof SIDES)[number];

export function sideOf(word: string): Side | undefined {
  return SIDES.find((side) => side === word);
}

const WAYS = {
  top: { x: 0, y: -1 },
  right: { x: 1, y: 0 },
  bottom: { x: 0, y: 1 },
  left: { x: -1, y: 0 },
} as const;

/** How far apart an element and its clone are. */
const GAP = 100;

/** Puts an element of the same kind and size beside another, with a flow to it, as one step. */
export function cloneBeside(editor: Editor, cell: CellView, side: Side): void {
  const box = boxOf(cell);
  if (box === null || !isNodeKind(cell.kind)) return;
  const [id, flow] = [editor.world.newId(), editor.world.newId()];
  const ends = { source: { cell: cell.id }, target: { cell: id } };
  const diagram = editor.diagramId;
  const place = freeBeside(box, side, editor.cells);
  const done = editor.do(t(`canvas.connect-new-${cell.kind}`, { from: called(cell) }), [
    { type: 'addCell', diagram, cell: newNode(cell.kind, id, newName(cell.kind), place) },
    { type: 'addCell', diagram, cell: newEdge('flow', flow, newName('flow'), ends) },
  ]);
  if (!done) return;
  drawn(editor, cell.kind, id, false);
  editor.view.reveal(place);
}

/** The next place on a side that is as large as a box and where nothing stands. */
export function freeBeside(box: Box, side: Side, cells: readonly CellView[]): Box {
  const standing = cells.flatMap((cell) => (cell.kind === 'boundary-box' ? [] : (boxOf(cell) ?? [])));
  const way = WAYS[side];
  const next = (from: Box) => ({
    ...from,
    x: from.x + way.x * (box.width + GAP),
    y: from.y + way.y * (box.height + GAP),
  });
  let place = next(box);
  while (standing.some((other) => overlaps(grow(other, GAP / 4), place))) place = next(place);
  return place;
}
