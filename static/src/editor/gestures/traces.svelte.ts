/// What a gesture shows while it lasts, besides what it does to the document.
import type { Gap, Guide } from '../geometry/snap.ts';
import type { Point } from '../geometry/point.ts';
import type { Box } from '../geometry/box.ts';

export class Traces {
  /** Lines that say with what something is in line, and gaps that are equal. */
  guides: readonly Guide[] = $state.raw([]);
  gaps: readonly Gap[] = $state.raw([]);
  /** The rubber band. */
  band: Box | null = $state.raw(null);
  /** Where the mouse rests over the canvas, in the diagram, while a tool for drawing is chosen. */
  rests: Point | null = $state.raw(null);
  /** The cell that would be connected to, or split. */
  target: string | null = $state(null);

  clear(): void {
    this.guides = [];
    this.gaps = [];
    this.band = null;
    this.target = null;
  }
}
