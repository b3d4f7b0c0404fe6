/// Routes with right angles: the corners between two ends and the vertices on the way.
import { holds, overlaps, type Box } from './box.ts';
import type { Point } from './point.ts';

/** One end of a route: the point it aims at, and the box it must leave or enter. */
export interface RouteEnd {
  readonly point: Point;
  readonly box: Box | null;
}

/** All points between the two ends: the vertices, and a corner wherever two points are not in line. */
export function corners(start: RouteEnd, vertices: readonly Point[], end: RouteEnd): Point[] {
  if (vertices.length === 0) return direct(start, end);
  const route: Point[] = [];
  let from = start.point;
  let heading = NOWHERE;
  const add = (found: readonly Point[], stop: Point): void => {
    route.push(...found);
    heading = headingOf(route.at(-1) ?? from, stop);
    from = stop;
  };
  vertices.forEach((vertex, index) => {
    if (inLine(from, vertex)) add([], vertex);
    else if (index === 0) add([free(from, vertex, start.box)], vertex);
    else add([onward(from, vertex, heading, null)], vertex);
    route.push(vertex);
  });
  if (!inLine(from, end.point)) route.push(onward(from, end.point, heading, end.box));
  return route;
}

interface Heading {
  readonly x: number;
  readonly y: number;
}

const NOWHERE: Heading = { x: 0, y: 0 };

function headingOf(from: Point, to: Point): Heading {
  return { x: Math.sign(to.x - from.x), y: Math.sign(to.y - from.y) };
}

function inLine(a: Point, b: Point): boolean {
  return a.x === b.x || a.y === b.y;
}

/** First sideways, then up or down. */
function sideways(from: Point, to: Point): Point {
  return { x: to.x, y: from.y };
}

/** First up or down, then sideways. */
function upright(from: Point, to: Point): Point {
  return { x: from.x, y: to.y };
}

function blocked(point: Point, box: Box | null): boolean {
  return box !== null && holds(box, point);
}

/** Straight from end to end: one corner that lies in neither box, else two halfway between the boxes. */
function direct(start: RouteEnd, end: RouteEnd): Point[] {
  const from = start.point;
  const to = end.point;
  if (inLine(from, to)) return [];
  const options = [sideways(from, to), upright(from, to)];
  const corner = options.find((point) => !blocked(point, start.box) && !blocked(point, end.box));
  if (corner !== undefined) return [corner];
  if (start.box === null || end.box === null || overlaps(start.box, end.box)) {
    return [sideways(from, to)];
  }
  return halfway(from, to, start.box, end.box);
}

function halfway(from: Point, to: Point, a: Box, b: Box): Point[] {
  const beside = a.x + a.width <= b.x || b.x + b.width <= a.x;
  if (beside) {
    const x = middle(a.x, a.x + a.width, b.x, b.x + b.width);
    return [
      { x, y: from.y },
      { x, y: to.y },
    ];
  }
  const y = middle(a.y, a.y + a.height, b.y, b.y + b.height);
  return [
    { x: from.x, y },
    { x: to.x, y },
  ];
}

/** The middle of the gap between two stretches of an axis. */
function middle(startA: number, endA: number, startB: number, endB: number): number {
  return endA <= startB ? (endA + startB) / 2 : (endB + startA) / 2;
}

/** The corner that leaves a box. */
function free(from: Point, to: Point, box: Box | null): Point {
  const corner = upright(from, to);
  return blocked(corner, box) ? sideways(from, to) : corner;
}

/** The corner that goes on in the present direction where it can, and never turns back. */
function onward(from: Point, to: Point, heading: Heading, box: Box | null): Point {
  const options = [upright(from, to), sideways(from, to)];
  const rank = (corner: Point): number => {
    const next = headingOf(from, corner);
    const turn = next.x * heading.x + next.y * heading.y;
    return turn - (blocked(corner, box) ? 3 : 0);
  };
  return options.reduce((best, corner) => (rank(corner) > rank(best) ? corner : best));
}
