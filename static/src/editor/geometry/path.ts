/// A path of straight and curved segments. It is measured only when asked: most are only drawn.
import { around, type Box } from './box.ts';
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
const PIECES = 32;

interface Measured {
  /** Ends of the pieces, of all segments. */
  readonly points: readonly Point[];
  /** How far along the path each of `points` is. */
  readonly lengths: readonly number[];
}

export class Path {
  readonly segments: readonly Segment[];
  #d: string | undefined;
  #measured: Measured | undefined;
  #bounds: Box | null | undefined;

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

  /** The path as straight pieces. */
  get points(): readonly Point[] {
    return this.#measure().points;
  }

  /** The box around the path as it is drawn. */
  get bounds(): Box | null {
    if (this.#bounds === undefined) this.#bounds = around(this.points);
    return this.#bounds;
  }

  /** The point at a distance along the path; beyond its ends, the end. */
  at(along: number): Point {
    const { points, lengths } = this.#measure();
    const [index, t] = find(lengths, along);
    const from = points[index] ?? { x: 0, y: 0 };
    return between(from, points[index + 1] ?? from, t);
  }

  /** The direction of travel at a distance along the path, of length 1; to the right where there is none. */
  direction(along: number): Point {
    const { points, lengths } = this.#measure();
    const [index] = find(lengths, along);
    const from = points[index];
    const to = points[index + 1];
    if (from === undefined || to === undefined) return { x: 1, y: 0 };
    const piece = distance(from, to);
    if (piece === 0) return { x: 1, y: 0 };
    return { x: (to.x - from.x) / piece, y: (to.y - from.y) / piece };
  }

  nearest(point: Point): Nearest {
    const { points, lengths } = this.#measure();
    const first = points[0] ?? { x: 0, y: 0 };
    let best: Nearest = { point: first, distance: 0, away: distance(first, point) };
    for (let index = 1; index < points.length; index += 1) {
      const from = points[index - 1] ?? first;
      const to = points[index] ?? from;
      const foot = footOf(from, to, point);
      const away = distance(foot, point);
      if (away < best.away) {
        const along = (lengths[index - 1] ?? 0) + distance(from, foot);
        best = { point: foot, distance: along, away };
      }
    }
    return best;
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
      controls === undefined
        ? `L ${place(to)}`
        : `C ${place(controls[0])} ${place(controls[1])} ${place(to)}`,
    );
  }
  return parts.join(' ');
}

function place(point: Point): string {
  return `${inDrawing(point.x)} ${inDrawing(point.y)}`;
}

function measured(segments: readonly Segment[]): Measured {
  const first = segments[0];
  if (first === undefined) return { points: [], lengths: [] };
  const points = [first.from];
  const lengths = [0];
  let last = first.from;
  let length = 0;
  for (const segment of segments) {
    const pieces = segment.controls === undefined ? 1 : PIECES;
    for (let piece = 1; piece <= pieces; piece += 1) {
      const point = pointOn(segment, piece / pieces);
      length += distance(last, point);
      points.push(point);
      lengths.push(length);
      last = point;
    }
  }
  return { points, lengths };
}

/** The piece that holds a distance along the path, and the part of it that lies before. */
function find(lengths: readonly number[], along: number): [number, number] {
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
