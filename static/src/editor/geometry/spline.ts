/// Paths through points: smooth as the files' own editor bends them, or straight.
import { between, type Point } from './point.ts';
import { Path, type Segment } from './path.ts';

/** Straight from point to point. */
export function straight(points: readonly Point[]): Path {
  return new Path(pairs(points).map(([from, to]) => ({ from, to })));
}

/**
 * Two points: one curve that leaves and arrives along the longer of the two directions.
 * More points: the natural cubic spline through all of them.
 */
export function smooth(points: readonly Point[]): Path {
  const [first, second] = points;
  if (first === undefined || second === undefined) return new Path([]);
  return new Path(points.length === 2 ? [bend(first, second)] : spline(points));
}

function bend(from: Point, to: Point): Segment {
  const middle = between(from, to, 0.5);
  const sideways = Math.abs(to.x - from.x) >= Math.abs(to.y - from.y);
  return {
    from,
    to,
    controls: sideways
      ? [
          { x: middle.x, y: from.y },
          { x: middle.x, y: to.y },
        ]
      : [
          { x: from.x, y: middle.y },
          { x: to.x, y: middle.y },
        ],
  };
}

function spline(points: readonly Point[]): Segment[] {
  const x = controls(points.map((point) => point.x));
  const y = controls(points.map((point) => point.y));
  return pairs(points).map(([from, to], index) => ({
    from,
    to,
    controls: [
      { x: x.first[index] ?? from.x, y: y.first[index] ?? from.y },
      { x: x.second[index] ?? to.x, y: y.second[index] ?? to.y },
    ],
  }));
}

/**
 * The control coordinates, one pair for each segment, so that slope and curvature go on evenly through
 * each knot and the curvature is nought at both ends: a system with three diagonals, solved in two sweeps.
 */
function controls(knots: readonly number[]): { first: number[]; second: number[] } {
  const count = knots.length - 1;
  const knot = (index: number) => knots[index] ?? 0;
  const ratios: number[] = [];
  const first: number[] = [];
  for (let row = 0; row < count; row += 1) {
    const last = row === count - 1;
    const diagonal = row === 0 ? 2 : last ? 7 : 4;
    const below = row === 0 ? 0 : last ? 2 : 1;
    const right =
      row === 0 ? knot(0) + 2 * knot(1) : last ? 8 * knot(row) + knot(row + 1) : 4 * knot(row) + 2 * knot(row + 1);
    const pivot = diagonal - below * (ratios[row - 1] ?? 0);
    ratios.push(1 / pivot);
    first.push((right - below * (first[row - 1] ?? 0)) / pivot);
  }
  for (let row = count - 2; row >= 0; row -= 1) {
    first[row] = (first[row] ?? 0) - (ratios[row] ?? 0) * (first[row + 1] ?? 0);
  }
  const second = first.map((_, row) =>
    row === count - 1 ? (knot(count) + (first[row] ?? 0)) / 2 : 2 * knot(row + 1) - (first[row + 1] ?? 0),
  );
  return { first, second };
}

function pairs(points: readonly Point[]): [Point, Point][] {
  const found: [Point, Point][] = [];
  points.forEach((point, index) => {
    const next = points[index + 1];
    if (next !== undefined) found.push([point, next]);
  });
  return found;
}
