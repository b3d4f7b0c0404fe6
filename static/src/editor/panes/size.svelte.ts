/// How large the pane is: its width beside the canvas, its height below it on narrow screens. Remembered.
import { keep, recall } from '../../kept.ts';

export type Side = 'beside' | 'below';

/** In rem, so that larger text gets more room. */
const LIMITS = {
  beside: { least: 16, most: 48, usual: 22 },
  below: { least: 8, most: 60, usual: 17 },
} as const satisfies Record<Side, object>;

/** How much an arrow key changes it. */
const STEP = 2;

export class PaneSize {
  readonly side: Side;
  #size: number;

  constructor(side: Side) {
    this.side = side;
    const kept = Number(recall(`editor.pane.${side}`) ?? NaN);
    this.#size = $state(Number.isFinite(kept) ? this.#fit(kept) : this.limits.usual);
  }

  get limits(): { readonly least: number; readonly most: number; readonly usual: number } {
    return LIMITS[this.side];
  }

  get size(): number {
    return this.#size;
  }

  set(size: number): void {
    this.#size = this.#fit(size);
    keep(`editor.pane.${this.side}`, String(this.#size));
  }

  /** Whether the key has been taken. The pane grows towards the canvas: to the left, or up. */
  press(key: string): boolean {
    const [grow, shrink] = this.side === 'beside' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    if (key === grow) this.set(this.#size + STEP);
    else if (key === shrink) this.set(this.#size - STEP);
    else if (key === 'Home') this.set(this.limits.least);
    else if (key === 'End') this.set(this.limits.most);
    else return false;
    return true;
  }

  #fit(size: number): number {
    return Math.min(this.limits.most, Math.max(this.limits.least, Math.round(size * 10) / 10));
  }
}
