/// A small diagram for the tests of gestures, and a pointer that works on it.
import { Document } from '../../model/document.ts';
import { History } from '../../model/history.ts';
import { newEdge, newNode } from '../../model/new-cell.ts';
import { newDiagram, newModel } from '../../model/new-model.ts';
import { applyAll } from '../../model/apply/apply.ts';
import { Editor } from '../editor.svelte.ts';
import type { Press } from './drag.ts';
import type { Hit } from './hit.ts';
import { Pointer } from './pointer.svelte.ts';

/** Browser, API and Store in a row, a flow from the first to the second, the last two in a boundary. */
function drawn(): Document {
  const node = { width: 100, height: 100 };
  const flow = { source: { cell: 'browser' }, target: { cell: 'api' } };
  return applyAll(Document.parse(newModel('Shop')), [
    { type: 'addDiagram', diagram: newDiagram('STRIDE', 'Main') },
    {
      type: 'addCell',
      diagram: 0,
      cell: newNode('boundary-box', 'dmz', 'DMZ', { x: 280, y: 60, width: 440, height: 180 }),
    },
    { type: 'addCell', diagram: 0, cell: newNode('actor', 'browser', 'Browser', { x: 0, y: 100, ...node }) },
    { type: 'addCell', diagram: 0, cell: newNode('process', 'api', 'API', { x: 300, y: 100, ...node }) },
    { type: 'addCell', diagram: 0, cell: newNode('store', 'store', 'Orders', { x: 600, y: 100, ...node }) },
    { type: 'addCell', diagram: 0, cell: newEdge('flow', 'flow', 'Order', flow) },
  ]);
}

export interface Hand {
  readonly editor: Editor;
  readonly pointer: Pointer;
  /** The cell as it is now. */
  cell(id: string): NonNullable<ReturnType<Editor['diagram']['cell']>>;
  drag(hit: Hit, from: readonly [number, number], to: readonly [number, number], keys?: Partial<Press>): void;
  /** As `drag`, but the button is held. */
  hold(hit: Hit, from: readonly [number, number], to: readonly [number, number], keys?: Partial<Press>): void;
  click(hit: Hit, at: readonly [number, number], keys?: Partial<Press>): void;
  /** The names of the steps done. */
  steps(): string[];
}

export function hand(): Hand {
  let count = 0;
  let time = 0;
  const world = { newId: () => `new-${(count += 1)}`, now: () => (time += 10_000) };
  const editor = new Editor(History.of(drawn()), 0, world);
  Object.assign(editor.view, { width: 1000, height: 800 });
  const pointer = new Pointer(editor);
  const hold: Hand['hold'] = (hit, from, to, keys) => {
    pointer.down(pressAt(from, keys), hit);
    pointer.move(pressAt([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2], keys));
    pointer.move(pressAt(to, keys));
  };
  return {
    editor,
    pointer,
    cell: (id) => {
      const cell = editor.diagram.cell(id);
      if (!cell) throw new Error(`there is no ${id}`);
      return cell;
    },
    hold,
    drag: (hit, from, to, keys) => {
      hold(hit, from, to, keys);
      pointer.up(pressAt(to, keys));
    },
    click: (hit, at, keys) => {
      pointer.down(pressAt(at, keys), hit);
      pointer.up(pressAt(at, keys));
    },
    steps: () => editor.history.steps.slice(0, editor.history.done).map((step) => step.name),
  };
}

export function pressAt([clientX, clientY]: readonly [number, number], keys: Partial<Press> = {}): Press {
  const none = { shiftKey: false, altKey: false, ctrlKey: false, metaKey: false };
  return { pointerId: 1, pointerType: 'mouse', button: 0, clientX, clientY, ...none, ...keys };
}

export function on(cell: string, part: Exclude<Hit, { cell: null }>['part'] = 'outline', at = ''): Hit {
  return { cell, part, at };
}
