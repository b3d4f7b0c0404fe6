/// Drawing elements: a click gives one of the usual size, a drag one of any size.
import type { Editor } from '../editor.svelte.ts';
import { boxOf, centre, overlaps, type Box } from '../geometry/box.ts';
import { isEdgeKind, NEW_NAME, NEW_SIZE, newNode, type NodeKind } from '../../model/new-cell.ts';
import type { Operation } from '../../model/operation.ts';
import type { NewKind } from '../../model/vocabulary.ts';
import type { Point } from '../../model/views.ts';
import { bandOf } from './band.ts';
import type { Drag, Input } from './drag.ts';
import { flowAt, NEAR } from './ends.ts';
import { split } from './insert.ts';
import { LEAST } from './resizing.ts';
import { gridded, onGrid, others, snapped } from './snapping.ts';

/** How far from the middle of the view a free place is looked for, and in which steps. */
const STEPS = 6;
const STEP = 60;

/** An element under way to its place: it is in the document as long as it is over the canvas. */
export interface Placing {
  /** With its middle here. */
  at(input: Input): void;
  /** With these two corners. */
  between(from: Point, input: Input): void;
  /** Not over the canvas now. */
  away(): void;
  finish(input: Input): void;
  cancel(): void;
}

export function placing(editor: Editor, kind: NodeKind): Placing {
  const id = editor.world.newId();
  const secondId = editor.world.newId();
  const before = editor.diagram;
  const around = others(editor, () => false);
  const gesture = editor.begin(`Add ${NEW_NAME[kind].toLowerCase()}`);
  let isThere = false;
  const put = (box: Box) => {
    const add: Operation = { type: 'addCell', diagram: editor.diagramId, cell: newNode(kind, id, NEW_NAME[kind], box) };
    const flow = splits(kind) ? flowAt(before, before.cells, centre(box), NEAR / editor.view.zoom) : undefined;
    editor.traces.target = flow?.id ?? null;
    const more = flow ? split(before, flow, { id, middle: centre(box) }, secondId) : [];
    isThere = gesture.update([add, ...more]);
  };
  const cancel = () => gesture.cancel();
  return {
    at: (input) => put(settled(editor, boxAround(input.at, kind), around, input.alt)),
    between: (from, input) => put(boxBetween(editor, from, input)),
    away: () => {
      isThere = false;
      editor.traces.clear();
      gesture.update([]);
    },
    finish: (input) => {
      if (!isThere) return cancel();
      gesture.finish();
      drawn(editor, kind, id, input.shift);
    },
    cancel,
  };
}

/** A drag that gives an element its size. */
export function sizeDrag(editor: Editor, kind: NodeKind, from: Point): Drag {
  const it = placing(editor, kind);
  return {
    move: (input) => it.between(from, input),
    end: (input) => {
      it.between(from, input);
      it.finish({ ...input, shift: false });
    },
    cancel: it.cancel,
  };
}

/** Puts an element of the usual size with its middle at a point. */
export function place(editor: Editor, kind: NodeKind, input: Input): void {
  const it = placing(editor, kind);
  it.at(input);
  editor.traces.clear();
  it.finish(input);
}

/** Puts an element in the middle of what is seen, or as near to it as nothing stands. */
export function placeInView(editor: Editor, kind: NodeKind): void {
  const { centre: middle } = editor.view;
  const standing = editor.cells.flatMap((cell) => (cell.kind === 'boundary-box' ? [] : (boxOf(cell) ?? [])));
  const box = boxAround({ x: onGrid(middle.x), y: onGrid(middle.y) }, kind);
  const free = spiral(STEPS).find(({ x, y }) => {
    const there = { ...box, x: box.x + x * STEP, y: box.y + y * STEP };
    return !standing.some((other) => overlaps(other, there));
  });
  const at = { x: middle.x + (free?.x ?? 0) * STEP, y: middle.y + (free?.y ?? 0) * STEP };
  place(editor, kind, { at, shift: false, alt: false, ctrl: false });
}

/** All whole points up to some steps away from the middle, the nearest first. */
function spiral(steps: number): Point[] {
  const range = Array.from({ length: 2 * steps + 1 }, (_, index) => index - steps);
  const points = range.flatMap((x) => range.map((y) => ({ x, y })));
  return points.sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y));
}

/** After something has been drawn: it is selected, its name can be typed, and the tool is put away. */
export function drawn(editor: Editor, kind: NewKind, id: string, again: boolean): void {
  editor.selection.only(id);
  editor.focus = id;
  editor.recent = [kind, ...editor.recent.filter((other) => other !== kind)];
  const stays = (again || editor.pinned) && editor.tool === kind;
  if (!stays) {
    editor.tool = 'select';
    editor.pinned = false;
  }
  if (kind !== 'boundary-curve') editor.naming = id;
  editor.announce(`${NEW_NAME[kind] || 'Boundary curve'} added`);
}

export function isNodeKind(kind: string): kind is NodeKind {
  return Object.hasOwn(NEW_SIZE, kind);
}

/** Boundaries and texts lie over flows without touching them. */
function splits(kind: NewKind): boolean {
  return !isEdgeKind(kind) && kind !== 'boundary-box' && kind !== 'text';
}

function boxAround(middle: Point, kind: NodeKind): Box {
  const { width, height } = NEW_SIZE[kind];
  return { x: middle.x - width / 2, y: middle.y - height / 2, width, height };
}

function settled(editor: Editor, box: Box, around: readonly Box[], suspended: boolean): Box {
  if (suspended) {
    editor.traces.clear();
    return { ...box, x: Math.round(box.x), y: Math.round(box.y) };
  }
  const more = snapped(editor, box, around);
  return { ...box, x: box.x + more.x, y: box.y + more.y };
}

function boxBetween(editor: Editor, from: Point, input: Input): Box {
  const [a, b] = [gridded(editor, from, input.alt), gridded(editor, input.at, input.alt)];
  const box = bandOf(a, b);
  const size = Math.max(box.width, box.height);
  const { width, height } = input.shift ? { width: size, height: size } : box;
  return { x: box.x, y: box.y, width: Math.max(LEAST, width), height: Math.max(LEAST, height) };
}
