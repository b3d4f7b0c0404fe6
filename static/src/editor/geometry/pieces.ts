/// The straight pieces of two paths that come near each other. Both are halved again and again, and halves whose
/// boxes are apart are not looked at further: two long ways would else be compared piece by piece.
import { around, type Box } from './box.ts';
import type { Path } from './path.ts';
import type { Point } from './point.ts';

/** Some pieces of a path that follow each other; it has the points from `first` to `last`. */
class Stretch {
  readonly #points: readonly Point[];
  readonly #first: number;
  readonly #last: number;
  readonly box: Box;
  #halves: readonly [Stretch, Stretch] | undefined;

  constructor(points: readonly Point[], first: number, last: number) {
    this.#points = points;
    this.#first = first;
    this.#last = last;
    this.box = around(points.slice(first, last + 1)) ?? { x: 0, y: 0, width: 0, height: 0 };
  }

  get length(): number {
    return this.#last - this.#first;
  }

  get halves(): readonly [Stretch, Stretch] {
    const middle = (this.#first + this.#last) >> 1;
    this.#halves ??= [new Stretch(this.#points, this.#first, middle), new Stretch(this.#points, middle, this.#last)];
    return this.#halves;
  }

  /** The ends of a stretch of one piece. */
  get ends(): readonly [Point, Point] {
    const nowhere = { x: 0, y: 0 };
    return [this.#points[this.#first] ?? nowhere, this.#points[this.#last] ?? nowhere];
  }
}

const known = new WeakMap<Path, Stretch>();

function wholeOf(path: Path): Stretch {
  let whole = known.get(path);
  if (whole === undefined) {
    whole = new Stretch(path.points, 0, Math.max(0, path.points.length - 1));
    known.set(path, whole);
  }
  return whole;
}

/** Shows pieces that may meet to `meets`, until that is true; whether it ever was. */
export function somePieces(a: Path, b: Path, meets: (a: Point, b: Point, c: Point, d: Point) => boolean): boolean {
  return some(wholeOf(a), wholeOf(b), meets);
}

function some(a: Stretch, b: Stretch, meets: (a: Point, b: Point, c: Point, d: Point) => boolean): boolean {
  if (a.length === 0 || b.length === 0 || !touch(a.box, b.box)) return false;
  if (a.length === 1 && b.length === 1) return meets(...a.ends, ...b.ends);
  if (a.length >= b.length) return a.halves.some((half) => some(half, b, meets));
  return b.halves.some((half) => some(a, half, meets));
}

/** Whether boxes share anything, be it a border. */
function touch(a: Box, b: Box): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}
