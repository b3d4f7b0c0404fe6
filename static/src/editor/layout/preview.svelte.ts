/// A layout that is shown before it is taken: it is in the document as something under way, and becomes one
/// step or nothing.
import type { CellView } from '../../model/views.ts';
import { t } from '../../i18n/translate.svelte.ts';
import type { Editor, Gesture } from '../editor.svelte.ts';
import { union, type Box } from '../geometry/box.ts';
import { boundsOf } from '../geometry/place.ts';
import { calledAll } from '../gestures/words.ts';
import { chosen, graphOf, type Course, type Graph } from './graph.ts';
import { placed } from './placed.ts';

/** Finds the places; called off by the signal. */
export type Arrange = (graph: Graph, signal: AbortSignal) => Promise<ReadonlyMap<string, Box>>;

export class Preview {
  /** Working, shown, or gone wrong. */
  state: 'working' | 'shown' | 'failed' = $state('working');
  course: Course = $state('right');
  readonly cells: readonly CellView[];
  readonly #editor: Editor;
  readonly #arrange: Arrange;
  readonly #before: { diagram: Editor['diagram']; zoom: number; x: number; y: number };
  readonly #gesture: Gesture;
  #run = new AbortController();

  constructor(editor: Editor, arrange: Arrange) {
    const { zoom, x, y } = editor.view;
    this.#editor = editor;
    this.#arrange = arrange;
    this.#before = { diagram: editor.diagram, zoom, x, y };
    this.cells = chosen(editor.diagram, editor.selected);
    this.#gesture = editor.begin(t('canvas.lay-out', { what: calledAll(this.cells) }));
  }

  /** Lays out along a course, and shows it. */
  async show(course: Course): Promise<void> {
    this.#run.abort();
    const run = new AbortController();
    this.#run = run;
    this.course = course;
    this.state = 'working';
    const { diagram } = this.#before;
    try {
      const boxes = await this.#arrange(graphOf(diagram, this.cells, course), run.signal);
      if (run.signal.aborted) return;
      this.#gesture.update(placed(diagram, this.cells, boxes));
      this.state = 'shown';
      this.#fit();
    } catch {
      if (!run.signal.aborted) this.state = 'failed';
    }
  }

  apply(): void {
    this.#run.abort();
    this.#gesture.finish();
    this.#editor.announce(t('canvas.laid-out', { what: calledAll(this.cells) }));
  }

  cancel(): void {
    this.#run.abort();
    this.#gesture.cancel();
    const { zoom, x, y } = this.#before;
    Object.assign(this.#editor.view, { zoom, x, y });
    this.#editor.announce(t('canvas.not-laid-out'));
  }

  #fit(): void {
    const ids = new Set(this.cells.map((cell) => cell.id));
    const cells = this.#editor.cells.filter((cell) => ids.has(cell.id));
    const box = union(cells.flatMap((cell) => boundsOf(cell) ?? []));
    if (box) this.#editor.view.fit(box);
  }
}
