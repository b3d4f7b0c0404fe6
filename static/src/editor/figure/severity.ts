/// What each severity looks like, on badges and in lists: a shape, a letter and a colour, none of them alone.
import type { Severity } from '../../model/vocabulary.ts';
import { inDrawing } from '../geometry/path.ts';
import { turned, type Point } from '../geometry/point.ts';
import type { Token } from './paint.ts';

export interface SeverityLook {
  readonly token: Token;
  readonly letter: string;
  /** Corners of the shape, on a circle of this radius; none for the circle itself. */
  readonly corners: number;
  readonly radius: number;
  /** Degrees by which the shape is turned. */
  readonly turn: number;
  /** How far down the middle of the shape is set, so that all stand level. */
  readonly lower: number;
}

export const SEVERITY_LOOKS: Readonly<Record<Severity, SeverityLook>> = {
  Critical: { token: 'critical', letter: 'C', corners: 8, radius: 8.5, turn: 22.5, lower: 0 },
  High: { token: 'high', letter: 'H', corners: 3, radius: 11, turn: 0, lower: 2.75 },
  Medium: { token: 'medium', letter: 'M', corners: 4, radius: 9.5, turn: 0, lower: 0 },
  Low: { token: 'low', letter: 'L', corners: 0, radius: 8, turn: 0, lower: 0 },
  TBD: { token: 'neutral', letter: '?', corners: 4, radius: 10, turn: 45, lower: 0 },
};

/** The path of a shape with its corners on a circle, the first at the top. */
export function severityShape({ x, y }: Point, { corners, radius, turn }: SeverityLook): string {
  const top = y - radius;
  if (corners === 0) {
    const half = `a ${radius} ${radius} 0 0 1 0`;
    return `M ${inDrawing(x)} ${inDrawing(top)} ${half} ${2 * radius} ${half} ${-2 * radius} Z`;
  }
  const points = Array.from({ length: corners }, (_, index) =>
    turned({ x, y: top }, { x, y }, turn + (index * 360) / corners),
  );
  return `M ${points.map((each) => `${inDrawing(each.x)} ${inDrawing(each.y)}`).join(' L ')} Z`;
}
