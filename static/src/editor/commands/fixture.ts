/// For tests: an editor on a small diagram of our own.
import { Document } from '../../model/document.ts';
import { History } from '../../model/history.ts';
import { newEdge, newNode, NEW_SIZE, type NodeKind } from '../../model/new-cell.ts';
import type { Operation } from '../../model/operation.ts';
import type { CellEnd, Point, Size } from '../../model/views.ts';
import type { JsonValue } from '../../model/json/node.ts';
import { Editor } from '../editor.svelte.ts';
import { COMMANDS } from './index.ts';

/** More members of a cell, and of its `data`. */
interface More {
  readonly zIndex?: number;
  readonly angle?: number;
  readonly connector?: string;
  readonly data?: Readonly<Record<string, JsonValue>>;
}

export function node(kind: NodeKind, id: string, place: Point & Partial<Size>, more: More = {}): JsonValue {
  return extended(newNode(kind, id, id.toUpperCase(), { ...NEW_SIZE[kind], ...place }), more);
}

export function flow(
  id: string,
  from: string | Point,
  to: string | Point,
  vertices: Point[] = [],
  more: More = {},
): JsonValue {
  const ends = { source: end(from), target: end(to), vertices };
  return extended(newEdge('flow', id, id.toUpperCase(), ends), more);
}

export function curve(id: string, source: Point, target: Point): JsonValue {
  return newEdge('boundary-curve', id, id.toUpperCase(), { source, target, vertices: [] });
}

function end(at: string | Point): CellEnd | Point {
  return typeof at === 'string' ? { cell: at } : at;
}

function extended(cell: JsonValue, { data = {}, ...more }: More): JsonValue {
  const plain = JSON.parse(JSON.stringify(cell)) as { data: object };
  return JSON.parse(JSON.stringify({ ...plain, ...more, data: { ...plain.data, ...data } })) as JsonValue;
}

export const LOCKED = { data: { wyvern: { locked: true } } } satisfies More;

export function modelOf(cells: readonly JsonValue[], detail: Readonly<Record<string, JsonValue>> = {}): string {
  const diagram = { id: 7, title: 'Shop', diagramType: 'STRIDE', thumbnail: '', version: '2.6.2', cells };
  const model = {
    version: '2.6.2',
    summary: { title: 'Shop' },
    detail: { contributors: [], diagrams: [diagram], diagramTop: 8, reviewer: '', threatTop: 0, ...detail },
  };
  return JSON.stringify(model, null, 2);
}

export function editorOf(cells: readonly JsonValue[], detail: Readonly<Record<string, JsonValue>> = {}): Editor {
  let ids = 0;
  let time = 0;
  const world = { newId: () => `new-${(ids += 1)}`, now: () => (time += 10) };
  const editor = new Editor(History.of(Document.parse(modelOf(cells, detail))), 7, world);
  Object.assign(editor.view, { width: 1000, height: 800 });
  return editor;
}

/** Runs a command that must be there to be run, and gives the operations of the last step. */
export function doing(editor: Editor, id: string): readonly Operation[] {
  const it = COMMANDS.find((each) => each.id === id);
  if (!it?.enabled(editor)) throw new Error(`${id} cannot be run`);
  it.run(editor);
  return editor.history.undoable?.operations ?? [];
}

/** Where the elements are. */
export function places(editor: Editor): Record<string, readonly number[]> {
  const placed = editor.diagram.cells.flatMap(({ id, position, size }) =>
    position && size ? [[id, [position.x, position.y, size.width, size.height]] as const] : [],
  );
  return Object.fromEntries(placed);
}
