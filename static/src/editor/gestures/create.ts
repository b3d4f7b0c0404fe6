/// Drawing elements: a click gives one of the usual size, a drag one of any size.
import { t } from '../../i18n/translate.svelte.ts';
import type { Editor } from '../editor.svelte.ts';
import { centre, type Box } from '../geometry/box.ts';
import { isEdgeKind, NEW_SIZE, newNode, type NodeKind } from '../../model/new-cell.ts';
import type { Operation } from '../../model/operation.ts';
import type { NewKind } from '../../model/vocabulary.ts';
import type { Point } from '../../model/views.ts';
import { bandOf } from './band.ts';
import type { Drag, Input } from './drag.ts';
import { flowAt, NEAR } from './ends.ts';
import { split } from './insert.ts';
import { LEAST } from './resizing.ts';
import { gridded, others, snapped } from './snapping.ts';
import { newName } from './words.ts';

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
  const gesture = editor.begin(t(`canvas.add-${kind}`));
  let isThere = false;
  const put = (box: Box) => {
    const add: Operation = { type: 'addCell', diagram: editor.diagramId, cell: newNode(kind, id, newName(kind), box) };
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

/** After something has been drawn: it is selected, its name can be typed, and the tool is put away. */
export function drawn(editor: Editor, kind: NewKind, id: string, again: boolean): void {
  editor.selection.only(id);
  editor.focus = id;
  const stays = (again || editor.pinned) && editor.tool === kind;
  if (!stays) {
    editor.tool = 'select';
    editor.pinned = false;
  }
  editor.naming = id;
  editor.announce(t(`canvas.added-${kind}`));
}

export function isNodeKind(kind: string): kind is NodeKind {
  return Object.hasOwn(NEW_SIZE, kind);
}

/** Boundaries and texts lie over flows without touching them. */
function splits(kind: NewKind): boolean {
  return !isEdgeKind(kind) && kind !== 'boundary-box' && kind !== 'text';
}

/** An element of the usual size about a point. */
export function boxAround(middle: Point, kind: NodeKind): Box {
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
