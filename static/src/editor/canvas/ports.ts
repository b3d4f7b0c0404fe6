/// Where on an element flows can be tied by the mouse: the middle of each side.
import type { CellView, Point } from '../../model/views.ts';
import { boxOf, centre } from '../geometry/box.ts';
import { turned } from '../geometry/point.ts';

export type Side = 'top' | 'right' | 'bottom' | 'left';

export interface Port {
  readonly side: Side;
  readonly at: Point;
}

export function portsOf(cell: CellView): Port[] {
  const box = boxOf(cell);
  if (box === null) return [];
  const middle = centre(box);
  const at = (side: Side, x: number, y: number): Port => ({ side, at: turned({ x, y }, middle, cell.angle) });
  return [
    at('top', middle.x, box.y),
    at('right', box.x + box.width, middle.y),
    at('bottom', middle.x, box.y + box.height),
    at('left', box.x, middle.y),
  ];
}
