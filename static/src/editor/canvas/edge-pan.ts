/// While something is dragged near the edge of the canvas, the canvas moves on.
import type { Point } from '../../model/views.ts';
import type { Viewport } from '../viewport.svelte.ts';

/** How near the edge it begins, and how far it moves in one frame at the very edge; pixels of the screen. */
const REACH = 36;
const FASTEST = 14;

type Seen = Pick<Viewport, 'left' | 'top' | 'width' | 'height'>;

/** How far to move in one frame when the pointer is at a point of the window. */
export function edgeSpeed(clientX: number, clientY: number, seen: Seen): Point {
  return { x: speed(clientX - seen.left, seen.width), y: speed(clientY - seen.top, seen.height) };
}

function speed(at: number, length: number): number {
  const reach = Math.min(REACH, length / 4);
  const into = (depth: number) => Math.min(1, depth / reach) * FASTEST;
  if (at < reach) return -into(reach - at);
  return at > length - reach ? into(at - length + reach) : 0;
}

export class EdgePan {
  readonly #view: Viewport;
  /** What is dragged follows: it hears of the last movement again. */
  readonly #again: (event: PointerEvent) => void;
  #last: PointerEvent | null = null;
  #frame = 0;

  constructor(view: Viewport, again: (event: PointerEvent) => void) {
    this.#view = view;
    this.#again = again;
  }

  /** The pointer has moved while something is dragged. */
  follow(event: PointerEvent): void {
    this.#last = event;
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#step);
  }

  stop(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#last = null;
  }

  readonly #step = (): void => {
    this.#frame = 0;
    const event = this.#last;
    if (event === null) return;
    const { x, y } = edgeSpeed(event.clientX, event.clientY, this.#view);
    if (x === 0 && y === 0) return;
    this.#view.panBy(x, y);
    this.#again(event);
    this.#frame = requestAnimationFrame(this.#step);
  };
}
