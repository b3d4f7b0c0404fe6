/// Moving about the diagram: wheel, pinch, hand, middle button, space and drag. It gets each event first and
/// says whether it took it; what it leaves goes to the tools.
import type { Point } from '../../model/views.ts';
import type { Editor } from '../editor.svelte.ts';
import { between, distance } from '../geometry/point.ts';

const MIDDLE = 1;
/** A line, in pixels: some wheels count in lines, some in pages. */
const LINE = 16;
/** How fast a wheel zooms: a notch of a mouse is about 100 pixels, a pinch of a touch pad a few. */
const ZOOM_RATE = 0.0022;
const PINCH_RATE = 0.01;
/** More in one event is a mouse's wheel, less a touch pad. */
const NOTCH = 50;

/** What is read of a turn of the wheel. */
export type Turn = Pick<
  WheelEvent,
  'deltaX' | 'deltaY' | 'deltaMode' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'clientX' | 'clientY'
>;

export class Panning {
  readonly #editor: Editor;
  /** Fingers on the canvas, and where. */
  readonly #touches = new Map<number, Point>();
  /** Two fingers have been on the canvas, and not all have left. */
  #pinching = false;
  /** The pointer that pans, and where it was last. */
  #held: { id: number; at: Point } | null = $state.raw(null);
  #space = $state(false);
  /** Whether space has been used for panning since it was pressed. */
  #spaceUsed = false;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  /** What the pointer looks like; null where the tools decide. */
  get cursor(): 'grab' | 'grabbing' | null {
    if (this.#held) return 'grabbing';
    return this.#space || this.#editor.tool === 'hand' ? 'grab' : null;
  }

  down(event: PointerEvent): boolean {
    const at = { x: event.clientX, y: event.clientY };
    if (event.pointerType === 'touch') this.#touches.set(event.pointerId, at);
    if (this.#touches.size >= 2) {
      this.#pinching = true;
      this.#held = null;
      return true;
    }
    if (event.button !== MIDDLE && (event.button !== 0 || this.cursor === null)) return false;
    this.#spaceUsed = this.#space;
    this.#held = { id: event.pointerId, at };
    return true;
  }

  move(event: PointerEvent): boolean {
    const at = { x: event.clientX, y: event.clientY };
    if (this.#pinching && this.#touches.has(event.pointerId)) {
      this.#pinch(event.pointerId, at);
      return true;
    }
    // A second finger may come: from then on it counts where this one is now.
    if (this.#touches.has(event.pointerId)) this.#touches.set(event.pointerId, at);
    if (this.#held?.id !== event.pointerId) return false;
    this.#editor.view.panBy(this.#held.at.x - at.x, this.#held.at.y - at.y);
    this.#held = { id: event.pointerId, at };
    return true;
  }

  /** For the end of a press and for its loss. */
  up(event: PointerEvent): boolean {
    const pinched = this.#pinching && this.#touches.delete(event.pointerId);
    this.#touches.delete(event.pointerId);
    if (this.#touches.size === 0) this.#pinching = false;
    if (this.#held?.id !== event.pointerId) return pinched;
    this.#held = null;
    return true;
  }

  wheel(event: Turn): void {
    const { view } = this.#editor;
    const unit = [1, LINE, view.height][event.deltaMode] ?? 1;
    const [dx, dy] = [event.deltaX * unit, event.deltaY * unit];
    if (!event.ctrlKey && !event.metaKey) {
      const sideways = event.shiftKey && dx === 0;
      return view.panBy(sideways ? dy : dx, sideways ? 0 : dy);
    }
    const rate = Math.abs(dy) < NOTCH ? PINCH_RATE : ZOOM_RATE;
    view.zoomTo(view.zoom * Math.exp(-dy * rate), view.toDiagram(event.clientX, event.clientY));
  }

  /** Space held and dragged pans; space alone means something else, so that counts when it is let go. */
  spaceDown(): void {
    if (this.#space) return;
    this.#space = true;
    this.#spaceUsed = false;
  }

  /** Whether space has been a key of its own, and not for panning. */
  spaceUp(): boolean {
    const tapped = this.#space && !this.#spaceUsed;
    this.forgetSpace();
    return tapped;
  }

  /** The window has lost the keyboard: that space is let go will not be heard. */
  forgetSpace(): void {
    this.#space = false;
  }

  /** One of two fingers has moved: the points of the diagram under both stay under them. */
  #pinch(id: number, to: Point): void {
    const from = this.#touches.get(id);
    const other = [...this.#touches].find(([each]) => each !== id)?.[1];
    this.#touches.set(id, to);
    if (from === undefined || other === undefined) return;
    const { view } = this.#editor;
    const [before, after] = [between(from, other, 0.5), between(to, other, 0.5)];
    const under = view.toDiagram(before.x, before.y);
    const spread = distance(to, other) / Math.max(1, distance(from, other));
    view.zoomTo(view.zoom * spread, under);
    view.panBy(before.x - after.x, before.y - after.y);
  }
}
