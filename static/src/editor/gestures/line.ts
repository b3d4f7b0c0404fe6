/// A flow or a boundary curve that is being drawn, from the first move on.
import { t } from '../../i18n/translate.svelte.ts';
import type { Editor, Gesture } from '../editor.svelte.ts';
import { NEW_SIZE, newEdge, newNode, type EdgeKind, type NodeKind } from '../../model/new-cell.ts';
import type { Operation } from '../../model/operation.ts';
import type { CellEnd, CellView, Point } from '../../model/views.ts';
import { drawn, isNodeKind } from './create.ts';
import type { Input } from './drag.ts';
import { gridded } from './snapping.ts';
import { called, calledEnd, newName } from './words.ts';

/** What may be put at the end of a flow, the usual one first. */
const AT_THE_END: readonly NodeKind[] = ['process', 'store', 'actor'];

export class Line {
  readonly #editor: Editor;
  readonly #kind: EdgeKind;
  readonly #id: string;
  readonly #source: CellEnd | Point;
  readonly #gesture: Gesture;

  constructor(editor: Editor, kind: EdgeKind, source: CellEnd | Point) {
    this.#editor = editor;
    this.#kind = kind;
    this.#id = editor.world.newId();
    this.#source = source;
    this.#gesture = editor.begin(t('canvas.add-boundary-curve'));
  }

  to(target: CellEnd | Point): void {
    this.#gesture.update([this.#added(target)], this.#named(target));
  }

  finish(again: boolean): void {
    this.#gesture.finish();
    drawn(this.#editor, this.#kind, this.#id, again);
  }

  cancel(): void {
    this.#gesture.cancel();
  }

  /** Waits for a kind to put at the end; without an answer there is no flow either. */
  ask(source: CellView, { at }: Input): void {
    const editor = this.#editor;
    editor.panel = {
      name: 'add',
      at,
      question: {
        title: t('canvas.connect-to-new', { from: called(source) }),
        kinds: AT_THE_END,
        answer: (kind) => {
          if (kind === null || !isNodeKind(kind)) return this.cancel();
          const id = editor.world.newId();
          const { width, height } = NEW_SIZE[kind];
          const corner = gridded(editor, { x: at.x - width / 2, y: at.y - height / 2 }, false);
          const node = newNode(kind, id, newName(kind), { ...corner, width, height });
          const adds = { type: 'addCell', diagram: editor.diagramId, cell: node } as const;
          const name = t(`canvas.connect-new-${kind}`, { from: called(source) });
          this.#gesture.update([adds, this.#added({ cell: id })], name);
          this.#gesture.finish();
          drawn(editor, kind, id, false);
        },
      },
    };
  }

  #added(target: CellEnd | Point): Operation {
    const ends = { source: this.#source, target };
    const cell = newEdge(this.#kind, this.#id, newName(this.#kind), ends);
    return { type: 'addCell', diagram: this.#editor.diagramId, cell };
  }

  #named(target: CellEnd | Point): string {
    if (this.#kind === 'boundary-curve') return t('canvas.add-boundary-curve');
    const { diagram } = this.#editor;
    return t('canvas.connect', { from: calledEnd(diagram, this.#source), to: calledEnd(diagram, target) });
  }
}
