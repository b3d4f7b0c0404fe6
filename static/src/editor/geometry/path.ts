/// A path of straight and curved segments. It is measured only when asked: most are only drawn.
import type { Box } from './box.ts';
import { between, distance, type Point } from './point.ts';

/** A straight segment, or a cubic curve with two control points. */
export interface Segment {
  readonly from: Point;
  readonly to: Point;
  readonly controls?: readonly [Point, Point];
}

/** The place of a path nearest to a point: how far along, and how far away. */
export interface Nearest {
  readonly point: Point;
  readonly distance: number;
  readonly away: number;
}

/** Into how many straight pieces a curve is cut to be measured. */
const PIECES = 16;

/** The ends of the pieces of all segments, as plain numbers: a diagram has tens of thousands. */
interface Measured {
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** How far along the path each end is. */
  readonly lengths: Float64Array;
}

export class Path {
  readonly segments: readonly Segment[];
  #d: string | undefined;
  #measured: Measured | undefined;
  #points: readonly Point[] | undefined;

  constructor(segments: readonly Segment[]) {
    this.segments = segments;
  }

  /** As the `d` of an SVG path. */
  get d(): string {
    this.#d ??= written(this.segments);
    return this.#d;
  }

  get length(): number {
    return this.#measure().lengths.at(-1) ?? 0;
  }

  /** The ends of the straight pieces that the path is measured by. */
  get points(): readonly Point[] {
    const { lengths } = this.#measure();
    this.#points ??= Array.from(lengths, (_, index) => this.#point(index));
    return this.#points;
  }

  /** The box around the path as it is drawn. */
  get bounds(): Box | null {
    const { x, y } = this.#measure();
    const [left, right] = extent(x);
    const [top, bottom] = extent(y);
    return x.length === 0 ? null : { x: left, y: top, width: right - left, height: bottom - top };
  }

  /** The point at a distance along the path; beyond its ends, the end. */
  at(along: number): Point {
    const [index, t] = find(this.#measure().lengths, along);
    return between(this.#point(index), this.#point(index + 1), t);
  }

  /** The direction of travel at a distance along the path, of length 1; to the right where there is none. */
  direction(along: number): Point {
    const [index] = find(this.#measure().lengths, along);
    const from = this.#point(index);
    const to = this.#point(index + 1);
    const piece = distance(from, to);
    if (piece === 0) return { x: 1, y: 0 };
    return { x: (to.x - from.x) / piece, y: (to.y - from.y) / piece };
  }

  nearest(point: Point): Nearest {
    const { lengths } = this.#measure();
    let from = this.#point(0);
    let best: Nearest = { point: from, distance: 0, away: distance(from, point) };
    for (let index = 1; index < lengths.length; index += 1) {
      const to = this.#point(index);
      const foot = footOf(from, to, point);
      const away = distance(foot, point);
      if (away < best.away) {
        const along = (lengths[index - 1] ?? 0) + distance(from, foot);
        best = { point: foot, distance: along, away };
      }
      from = to;
    }
    return best;
  }

  /** The end of a piece; of the last one beyond it, and the origin when there is none. */
  #point(index: number): Point {
    const { x, y } = this.#measure();
    const last = Math.min(index, x.length - 1);
    return { x: x[last] ?? 0, y: y[last] ?? 0 };
  }

  #measure(): Measured {
    this.#measured ??= measured(this.segments);
    return this.#measured;
  }
}

/** The point of a segment at `t`, from 0 to 1. */
export function pointOn(segment: Segment, t: number): Point {
  const { from, to, controls } = segment;
  if (controls === undefined) return between(from, to, t);
  const [first, second] = controls;
  const u = 1 - t;
  const a = u * u * u;
  const b = 3 * u * u * t;
  const c = 3 * u * t * t;
  const d = t * t * t;
  return {
    x: a * from.x + b * first.x + c * second.x + d * to.x,
    y: a * from.y + b * first.y + c * second.y + d * to.y,
  };
}

/** A number as it is written in a drawing: to a thousandth. */
export function inDrawing(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

function written(segments: readonly Segment[]): string {
  const first = segments[0];
  if (first === undefined) return '';
  const parts = [`M ${place(first.from)}`];
  for (const { to, controls } of segments) {
    parts.push(
      controls === undefined ? `L ${place(to)}` : `C ${place(controls[0])} ${place(controls[1])} ${place(to)}`,
    );
  }
  return parts.join(' ');
}

function place(point: Point): string {
  return `${inDrawing(point.x)} ${inDrawing(point.y)}`;
}

function measured(segments: readonly Segment[]): Measured {
  const first = segments[0];
  const pieces = segments.reduce((sum, { controls }) => sum + (controls === undefined ? 1 : PIECES), 0);
  const count = first === undefined ? 0 : pieces + 1;
  const found = { x: new Float64Array(count), y: new Float64Array(count), lengths: new Float64Array(count) };
  if (first === undefined) return found;
  found.x[0] = first.from.x;
  found.y[0] = first.from.y;
  let index = 1;
  for (const segment of segments) index = measure(segment, found, index);
  return found;
}

/** Adds the pieces of a segment from `index` on; gives the index behind them. */
function measure(segment: Segment, { x, y, lengths }: Measured, index: number): number {
  const pieces = segment.controls === undefined ? 1 : PIECES;
  const last = index + pieces;
  for (let at = index; at < last; at += 1) {
    const point = pointOn(segment, (at - index + 1) / pieces);
    const dx = point.x - (x[at - 1] ?? 0);
    const dy = point.y - (y[at - 1] ?? 0);
    x[at] = point.x;
    y[at] = point.y;
    lengths[at] = (lengths[at - 1] ?? 0) + Math.sqrt(dx * dx + dy * dy);
  }
  return last;
}

function extent(values: Float64Array): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** The piece that holds a distance along the path, and the part of it that lies before. */
function find(lengths: Float64Array, along: number): [number, number] {
  let low = 0;
  let high = Math.max(lengths.length - 2, 0);
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((lengths[middle + 1] ?? 0) < along) low = middle + 1;
    else high = middle;
  }
  const start = lengths[low] ?? 0;
  const piece = (lengths[low + 1] ?? start) - start;
  return [low, piece === 0 ? 0 : Math.min(Math.max((along - start) / piece, 0), 1)];
}

function footOf(from: Point, to: Point, point: Point): Point {
  const x = to.x - from.x;
  const y = to.y - from.y;
  const square = x * x + y * y;
  if (square === 0) return from;
  const t = ((point.x - from.x) * x + (point.y - from.y) * y) / square;
  return between(from, to, Math.min(Math.max(t, 0), 1));
}
