/// Putting what is on the clipboard into the diagram that is shown.
import { t } from '../../../i18n/translate.svelte.ts';
import type { Operation } from '../../../model/operation.ts';
import { cellView, isCellEnd, type CellView, type Point } from '../../../model/views.ts';
import type { Container } from '../../../model/json/node.ts';
import type { Editor } from '../../editor.svelte.ts';
import { around, boxOf, centre, overlaps, union, type Box } from '../../geometry/box.ts';
import { aroundPoint } from '../../navigate/free-spot.ts';
import { calledAll } from '../../gestures/words.ts';
import { aimed, choose, isThreatened } from '../aim.ts';
import { clipOf, NoClip, type Clip, type LooseEnd } from './clip.ts';
import { addition, copies, type Copying } from './copies.ts';

/** How far a copy is from what it would else cover. */
const STEP = 20;
/** How often a copy goes further by that; then it may cover another. */
const STEPS = 1000;

/** Pastes a text that was copied here or in another tab; anything else is refused, and that is said. */
export function paste(editor: Editor, text: string, at?: Point): void {
  let clip: Clip;
  try {
    clip = clipOf(text);
  } catch (thrown) {
    if (!(thrown instanceof NoClip)) throw thrown;
    editor.announce(thrown.message);
    return;
  }
  if (clip.kind === 'threats') pasteThreats(editor, clip.threats);
  else put(editor, 'commands.step-paste', clip.cells, clip.ends, placed(editor, clip.cells, clip.ends, at));
}

/** Puts cells from elsewhere where there is room for all of them, and into sight. False when that is refused. */
export function putWhereFree(editor: Editor, cells: readonly Container[], step: string): boolean {
  const box = boxAround(cells.map(cellView), []);
  const place = box && roomFor(box, editor);
  const by = box && place ? { x: place.x - box.x, y: place.y - box.y } : { x: 0, y: 0 };
  const copying: Copying = { cells, ends: [], by, into: editor.diagram, newId: () => editor.world.newId() };
  const { operations, ids } = copies(copying);
  if (!editor.do(step, operations)) return false;
  choose(editor, ids);
  if (box && place) editor.view.reveal({ ...box, ...place });
  return true;
}

/** As near to the middle of what is seen as it fits; else beside all that is there. */
function roomFor(box: Box, editor: Editor): Point {
  const near = aroundPoint(editor.view.centre, box, editor.cells);
  const boxes = editor.cells.flatMap((cell) => boxOf(cell) ?? []);
  const all = union(boxes);
  if (!all || !boxes.some((each) => overlaps(each, { ...box, ...near }))) return near;
  return { x: Math.ceil((all.x + all.width) / STEP + 1) * STEP, y: all.y };
}

/** Copies of cells of this diagram, a little aside. */
export function duplicate(editor: Editor, cells: readonly CellView[]): void {
  const nodes = cells.flatMap((cell) => (cell.node.kind === 'object' ? cell.node : []));
  put(editor, 'canvas.duplicate', nodes, [], freeStep(editor, nodes, { x: STEP, y: STEP }));
}

function put(
  editor: Editor,
  step: 'commands.step-paste' | 'canvas.duplicate',
  cells: readonly Container[],
  ends: readonly LooseEnd[],
  by: Point,
): void {
  const copying: Copying = { cells, ends, by, into: editor.diagram, newId: () => editor.world.newId() };
  const { operations, ids } = copies(copying);
  const name = t(step, { what: calledAll(cells.map(cellView)) });
  if (!editor.do(name, operations)) return;
  choose(editor, ids);
  editor.announce(t('commands.done', { step: name }));
}

function pasteThreats(editor: Editor, threats: readonly Container[]): void {
  const cells = aimed(editor).filter(isThreatened);
  if (cells.length === 0) {
    editor.announce(t('commands.select-for-threats'));
    return;
  }
  const operations = cells.flatMap((cell) =>
    threats.map((threat): Operation => addition(threat, editor.diagramId, cell.id, editor.world.newId())),
  );
  const name = t('commands.paste-threats', { count: threats.length, what: calledAll(cells) });
  if (editor.do(name, operations)) editor.announce(t('commands.done', { step: name }));
}

/** How far what is pasted goes: to a point; else to where it came from, if that is in sight, or to the middle. */
function placed(editor: Editor, cells: readonly Container[], ends: readonly LooseEnd[], at?: Point): Point {
  const box = boxAround(cells.map(cellView), ends);
  if (!box) return { x: STEP, y: STEP };
  if (at) return { x: at.x - box.x, y: at.y - box.y };
  const { visible } = editor.view;
  const middle = centre(visible);
  const own = centre(box);
  const isSeen = overlaps(box, visible);
  const by = isSeen ? { x: 0, y: 0 } : { x: Math.round(middle.x - own.x), y: Math.round(middle.y - own.y) };
  return freeStep(editor, cells, by);
}

function boxAround(cells: readonly CellView[], ends: readonly Point[]): Box | null {
  const points = cells.flatMap((cell): Point[] => {
    const box = boxOf(cell);
    if (box) return [box, { x: box.x + box.width, y: box.y + box.height }];
    const free = [cell.source, cell.target].flatMap((end) => (end === null || isCellEnd(end) ? [] : [end]));
    return [...cell.vertices, ...free];
  });
  return around([...points, ...ends]);
}

/** Further by a step for each copy that is there already. */
function freeStep(editor: Editor, nodes: readonly Container[], by: Point): Point {
  const places = new Set(editor.cells.flatMap((cell) => (anchor(cell) ? place(anchor(cell), { x: 0, y: 0 }) : [])));
  const anchors = nodes.map((node) => anchor(cellView(node)));
  let free = by;
  for (let step = 0; step < STEPS && anchors.some((point) => point && places.has(place(point, free))); step += 1) {
    free = { x: free.x + STEP, y: free.y + STEP };
  }
  return free;
}

/** The point by which it is told whether something lies just there already. */
function anchor(cell: CellView): Point | null {
  if (!cell.isEdge) return cell.position;
  return cell.vertices[0] ?? (isCellEnd(cell.source) ? null : cell.source);
}

function place(point: Point | null, by: Point): string {
  return point ? `${Math.round(point.x + by.x)} ${Math.round(point.y + by.y)}` : '';
}
