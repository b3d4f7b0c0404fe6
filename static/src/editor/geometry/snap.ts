/// Snapping: what is moved lines up with edges and middles of others, and keeps equal gaps to them.
import type { Box } from './box.ts';

export type Axis = 'x' | 'y';
/** Which lines of the moved box may snap. */
export type Line = 'start' | 'middle' | 'end';

/** A line on which boxes are aligned: at `at` of its axis, drawn from `from` to `to` along the other. */
export interface Guide {
  readonly axis: Axis;
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** One of several equal gaps, from `from` to `to` along its axis, drawn at `at` of the other. */
export interface Gap {
  readonly axis: Axis;
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

export interface Snapped {
  readonly dx: number;
  readonly dy: number;
  readonly guides: readonly Guide[];
  readonly gaps: readonly Gap[];
}

export interface SnapLines {
  readonly x: readonly Line[];
  readonly y: readonly Line[];
}

const ALL: SnapLines = { x: ['start', 'middle', 'end'], y: ['start', 'middle', 'end'] };
/** Coordinates closer than this are the same. */
const SAME = 0.01;

/** How far to shift `moving` so that it is in line with others, and what shows that it is. */
export function snap(moving: Box, others: readonly Box[], tolerance: number, lines: SnapLines = ALL): Snapped {
  const dx = shift('x', moving, others, tolerance, lines.x);
  const dy = shift('y', moving, others, tolerance, lines.y);
  const placed = { ...moving, x: moving.x + dx, y: moving.y + dy };
  return {
    dx,
    dy,
    guides: [...guides('x', placed, others, lines.x), ...guides('y', placed, others, lines.y)],
    gaps: [...gaps('x', placed, others, lines.x), ...gaps('y', placed, others, lines.y)],
  };
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function span(axis: Axis, box: Box): Span {
  return axis === 'x' ? { start: box.x, end: box.x + box.width } : { start: box.y, end: box.y + box.height };
}

function other(axis: Axis): Axis {
  return axis === 'x' ? 'y' : 'x';
}

function at({ start, end }: Span, line: Line): number {
  if (line === 'start') return start;
  return line === 'end' ? end : (start + end) / 2;
}

function shift(axis: Axis, moving: Box, others: readonly Box[], tolerance: number, lines: readonly Line[]): number {
  const own = span(axis, moving);
  let best = 0;
  let away = tolerance + SAME;
  const offer = (by: number): void => {
    if (Math.abs(by) >= away) return;
    away = Math.abs(by);
    best = by;
  };
  for (const box of others) {
    const theirs = span(axis, box);
    for (const line of lines) {
      for (const target of ALL.x) offer(at(theirs, target) - at(own, line));
    }
  }
  if (lines.length === ALL.x.length) {
    for (const start of evenStarts(own, row(axis, moving, others))) {
      offer(start - own.start);
    }
  }
  return best;
}

/** The others that stand beside the moved box along an axis, in their order. */
function row(axis: Axis, moving: Box, others: readonly Box[]): Span[] {
  const across = span(other(axis), moving);
  return others
    .filter((box) => {
      const theirs = span(other(axis), box);
      return theirs.start < across.end && across.start < theirs.end;
    })
    .map((box) => span(axis, box))
    .toSorted((a, b) => a.start - b.start);
}

/** Where the moved box would start to stand halfway between two others, or as far on as they are apart. */
function evenStarts(own: Span, spans: readonly Span[]): number[] {
  const size = own.end - own.start;
  const starts: number[] = [];
  spans.forEach((left, index) => {
    const right = spans[index + 1];
    if (right === undefined) return;
    const gap = right.start - left.end;
    if (gap <= 0) return;
    starts.push(right.end + gap, left.start - gap - size);
    if (gap > size) starts.push((left.end + right.start - size) / 2);
  });
  return starts;
}

function guides(axis: Axis, placed: Box, others: readonly Box[], lines: readonly Line[]): Guide[] {
  const own = span(axis, placed);
  const across = span(other(axis), placed);
  const found = new Map<number, Guide>();
  for (const box of others) {
    const theirs = span(axis, box);
    const reach = span(other(axis), box);
    for (const line of lines) {
      const value = at(own, line);
      if (!ALL.x.some((target) => Math.abs(at(theirs, target) - value) < SAME)) continue;
      const known = found.get(value);
      found.set(value, {
        axis,
        at: value,
        from: Math.min(known?.from ?? across.start, reach.start),
        to: Math.max(known?.to ?? across.end, reach.end),
      });
    }
  }
  return [...found.values()];
}

/** The gaps on both sides of the moved box that are as wide as each other or as the next ones. */
function gaps(axis: Axis, placed: Box, others: readonly Box[], lines: readonly Line[]): Gap[] {
  if (lines.length < ALL.x.length) return [];
  const own = span(axis, placed);
  const beside = row(axis, placed, others);
  const before = beside.filter((one) => one.end <= own.start);
  const after = beside.filter((one) => one.start >= own.end);
  const near = [...before.slice(-2), own, ...after.slice(0, 2)];
  const place = at(span(other(axis), placed), 'middle');
  const found = near.slice(1).map((next, index) => {
    const from = near[index]?.end ?? next.start;
    return { axis, from, to: next.start, at: place };
  });
  const touching = found.filter((gap) => gap.from === own.end || gap.to === own.start);
  const equal = (a: Gap, b: Gap) => Math.abs(a.to - a.from - (b.to - b.from)) < SAME;
  return found.filter(
    (gap) =>
      gap.to - gap.from > SAME &&
      touching.some((own) => equal(own, gap)) &&
      found.some((twin) => twin !== gap && equal(twin, gap)),
  );
}
