/// Where the field lies in which a name is typed: over the name as it is drawn.
import { figureOf } from '../figure/figure.ts';
import { boxOf } from '../geometry/box.ts';
import { labelMiddle } from '../geometry/labels-apart.ts';
import type { CellView, DiagramView, Point } from '../../model/views.ts';

/** In the diagram: the middle of the field, or its upper left corner. */
export interface NamePlace extends Point {
  readonly width: number;
  readonly from: 'middle' | 'corner';
}

const WIDTH = 140;
/** Where the name of a boundary begins that has none yet. */
const INSET = 12;

export function namePlace(cell: CellView, diagram: DiagramView): NamePlace {
  if (cell.isEdge) {
    return { ...labelMiddle(cell, diagram), width: WIDTH, from: 'middle' };
  }
  const box = boxOf(cell) ?? { x: 0, y: 0, width: WIDTH, height: 0 };
  if (cell.kind !== 'boundary-box') {
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: box.width, from: 'middle' };
  }
  const { label } = figureOf(cell, diagram);
  const corner = label ?? { x: box.x + INSET, y: box.y + INSET };
  return { x: corner.x, y: corner.y, width: Math.min(WIDTH, box.width), from: 'corner' };
}
