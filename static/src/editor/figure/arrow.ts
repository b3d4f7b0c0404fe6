/// Arrow heads: a triangle whose tip is at the end of a flow, and the line that ends within it.
import { Path, inDrawing, type Segment } from '../geometry/path.ts';
import { distance, towards, type Point } from '../geometry/point.ts';

export type Head = 'block' | 'classic';

const LENGTH = 12;
const HALF_WIDTH = 5.5;
/** How far the classic head is hollowed from behind. */
const HOLLOW = 3;
/** How far before the tip the line ends, so that it does not blunt the tip. */
const SHORTER = 5;

/** The `d` of a head with its tip at `tip`, pointing away from `back`. */
export function headAt(tip: Point, back: Point, head: Head): string {
  const length = distance(tip, back);
  const x = length === 0 ? -1 : (back.x - tip.x) / length;
  const y = length === 0 ? 0 : (back.y - tip.y) / length;
  const place = (along: number, aside: number): string =>
    `${inDrawing(tip.x + x * along - y * aside)} ${inDrawing(tip.y + y * along + x * aside)}`;
  const notch = head === 'classic' ? ` L ${place(LENGTH - HOLLOW, 0)}` : '';
  return `M ${place(0, 0)} L ${place(LENGTH, HALF_WIDTH)}${notch} L ${place(LENGTH, -HALF_WIDTH)} Z`;
}

/** A point that lies straight behind the end of a path. */
export function behindEnd(path: Path): Point {
  return behind(path.segments.at(-1)) ?? path.at(path.length / 2);
}

/** A point that lies straight ahead of the start of a path. */
export function aheadOfStart(path: Path): Point {
  const first = path.segments[0];
  return behind(first && reversed(first)) ?? path.at(path.length / 2);
}

/** The path as it is drawn under heads: a little shorter at the ends that have one. */
export function shortened(path: Path, start: boolean, end: boolean): Path {
  const segments = [...path.segments];
  const first = segments[0];
  if (start && first !== undefined) segments[0] = reversed(cut(reversed(first)));
  const last = segments.at(-1);
  if (end && last !== undefined) segments[segments.length - 1] = cut(last);
  return new Path(segments);
}

/** A segment whose end is drawn back along its own direction, so that it still arrives the same way. */
function cut(segment: Segment): Segment {
  const back = behind(segment);
  if (back === null || distance(segment.from, segment.to) < 2 * SHORTER) return segment;
  const to = towards(segment.to, back, SHORTER);
  if (segment.controls === undefined) return { ...segment, to };
  const [first, second] = segment.controls;
  const by = { x: to.x - segment.to.x, y: to.y - segment.to.y };
  return { from: segment.from, to, controls: [first, { x: second.x + by.x, y: second.y + by.y }] };
}

function behind(segment: Segment | undefined): Point | null {
  if (segment === undefined) return null;
  const { from, to, controls } = segment;
  const candidates = controls === undefined ? [from] : [controls[1], controls[0], from];
  return candidates.find((point) => distance(point, to) > 0.01) ?? null;
}

function reversed({ from, to, controls }: Segment): Segment {
  if (controls === undefined) return { from: to, to: from };
  return { from: to, to: from, controls: [controls[1], controls[0]] };
}
