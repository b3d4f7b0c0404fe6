/// The part of a diagram that is seen: where it begins and how large it is shown.
import type { Point } from '../model/views.ts';
import { centre, type Box } from './geometry/box.ts';

export const ZOOM_MIN = 0.1;
export const ZOOM_MAX = 4;
/** On screens narrower than this a diagram does not open smaller than so. */
const NARROW = 600;
const READABLE = 0.6;
/** The margin around what is fitted, in pixels of the screen. */
const MARGIN = 32;

export class Viewport {
  /** Pixels of the screen for one of the diagram. */
  zoom = $state(1);
  /** The diagram's point in the upper left corner. */
  x = $state(0);
  y = $state(0);
  /** The size on the screen; the canvas keeps it up to date. */
  width = $state(1);
  height = $state(1);
  /** The canvas's upper left corner in the window. */
  left = $state(0);
  top = $state(0);

  /** What is seen. */
  readonly visible: Box = $derived({
    x: this.x,
    y: this.y,
    width: this.width / this.zoom,
    height: this.height / this.zoom,
  });

  /** The middle of what is seen. */
  get centre(): Point {
    return centre(this.visible);
  }

  /** The diagram's point under a point of the window. */
  toDiagram(clientX: number, clientY: number): Point {
    return { x: this.x + (clientX - this.left) / this.zoom, y: this.y + (clientY - this.top) / this.zoom };
  }

  /** Moves what is seen by pixels of the screen. */
  panBy(dx: number, dy: number): void {
    this.x += dx / this.zoom;
    this.y += dy / this.zoom;
  }

  /** Zooms so that a point of the diagram stays where it is on the screen. */
  zoomTo(zoom: number, at: Point = this.centre): void {
    const next = Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, zoom));
    this.x = at.x - ((at.x - this.x) * this.zoom) / next;
    this.y = at.y - ((at.y - this.y) * this.zoom) / next;
    this.zoom = next;
  }

  /** Shows all of a box, in the middle, not larger than `most`. */
  fit(box: Box, most = 1): void {
    const across = (this.width - 2 * MARGIN) / Math.max(1, box.width);
    const down = (this.height - 2 * MARGIN) / Math.max(1, box.height);
    this.zoom = Math.min(ZOOM_MAX, Math.max(ZOOM_MIN, Math.min(across, down, most)));
    this.x = box.x + box.width / 2 - this.width / this.zoom / 2;
    this.y = box.y + box.height / 2 - this.height / this.zoom / 2;
  }

  /** Shows a diagram as it opens: whole; on a small screen so that it can be read, from its upper left. */
  open(all: Box | null): void {
    if (all) this.fit(all);
    else Object.assign(this, { zoom: 1, x: 0, y: 0 });
    if (!all || this.width >= NARROW || this.zoom >= READABLE) return;
    this.zoom = READABLE;
    this.x = all.x - MARGIN / READABLE;
    this.y = all.y - MARGIN / READABLE;
  }

  /** Moves just so far that a box is seen, as after a move by keyboard. */
  reveal(box: Box): void {
    const seen = this.visible;
    const margin = MARGIN / this.zoom;
    const shift = (start: number, length: number, from: number, room: number) => {
      if (start - margin < from) return start - margin - from;
      return Math.max(0, Math.min(start + length + margin - from - room, start - margin - from));
    };
    this.x += shift(box.x, box.width, seen.x, seen.width);
    this.y += shift(box.y, box.height, seen.y, seen.height);
  }
}
