/// Where a flow meets the outline of an element.
import type { Kind } from '../../model/vocabulary.ts';
import { centre, holds, type Box } from './box.ts';
import { between, turned, type Point } from './point.ts';

export type Outline = 'rectangle' | 'ellipse' | 'rounded';

/** The outline of a kind of element, at which flows end. */
export function outlineOf(kind: Kind): Outline {
  if (kind === 'process') return 'ellipse';
  return kind === 'boundary-box' ? 'rounded' : 'rectangle';
}

/** How round the corners of a boundary box are. */
export const CORNER = 10;

/**
 * Where the segment from `from` to the centre enters the outline of a box turned by `angle`.
 * From within there is no such place: the segment then ends at the centre.
 */
export function meets(outline: Outline, box: Box, angle: number, from: Point): Point {
  const middle = centre(box);
  return crossing(outline, box, angle, from, middle) ?? middle;
}

/** Where the segment from `from` to `to` first enters the outline; null when it does not, or starts within. */
export function crossing(outline: Outline, box: Box, angle: number, from: Point, to: Point): Point | null {
  if (!(box.width > 0 && box.height > 0)) return null;
  const middle = centre(box);
  const start = turned(from, middle, -angle);
  const end = turned(to, middle, -angle);
  const t = entry(outline, box, start, end);
  return t === null ? null : between(from, to, t);
}

/** The part of the way from `start` to `end` at which the upright outline is entered. */
function entry(outline: Outline, box: Box, start: Point, end: Point): number | null {
  const middle = centre(box);
  if (outline === 'ellipse') {
    return ellipseEntry(middle, box.width / 2, box.height / 2, start, end);
  }
  const t = rectangleEntry(box, start, end);
  if (outline === 'rectangle') return t;
  return roundedEntry(box, start, end, t);
}

/** Solves |(start + t (end − start) − middle) / radii| = 1 for the smaller t. */
function ellipseEntry(middle: Point, radiusX: number, radiusY: number, start: Point, end: Point): number | null {
  const x = (start.x - middle.x) / radiusX;
  const y = (start.y - middle.y) / radiusY;
  const dx = (end.x - start.x) / radiusX;
  const dy = (end.y - start.y) / radiusY;
  const a = dx * dx + dy * dy;
  const b = x * dx + y * dy;
  const discriminant = b * b - a * (x * x + y * y - 1);
  if (a === 0 || discriminant < 0) return null;
  return within((-b - Math.sqrt(discriminant)) / a);
}

function rectangleEntry(box: Box, start: Point, end: Point): number | null {
  const x = slab(start.x, end.x - start.x, box.x, box.x + box.width);
  const y = slab(start.y, end.y - start.y, box.y, box.y + box.height);
  const enters = Math.max(x.enters, y.enters);
  return enters > Math.min(x.leaves, y.leaves) ? null : within(enters);
}

/** Between which parts of the way a coordinate is between `low` and `high`. */
function slab(start: number, step: number, low: number, high: number) {
  if (step === 0) {
    const inside = start >= low && start <= high;
    return inside ? { enters: -Infinity, leaves: Infinity } : { enters: Infinity, leaves: -Infinity };
  }
  const a = (low - start) / step;
  const b = (high - start) / step;
  return { enters: Math.min(a, b), leaves: Math.max(a, b) };
}

/** As for the rectangle; what comes through the corner of the rectangle meets the arc in it. */
function roundedEntry(box: Box, start: Point, end: Point, t: number | null): number | null {
  if (t === null && !holds(box, start)) return null;
  const radius = Math.min(CORNER, box.width / 2, box.height / 2);
  const hit = between(start, end, t ?? 0);
  const core = {
    x: clamp(hit.x, box.x + radius, box.x + box.width - radius),
    y: clamp(hit.y, box.y + radius, box.y + box.height - radius),
  };
  const inCorner = hit.x !== core.x && hit.y !== core.y;
  return inCorner ? ellipseEntry(core, radius, radius, start, end) : t;
}

function within(t: number): number | null {
  return t >= 0 && t <= 1 ? t : null;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
