/// Where the field lies in which a name is typed: over the name as it is drawn.
import { boxOf } from '../geometry/box.ts';
import { flowPath } from '../geometry/flow.ts';
import { labelPoint } from '../geometry/label.ts';
import type { CellView, DiagramView, Point } from '../../model/views.ts';

/** The middle of the field and its width, in the diagram. */
export interface NamePlace extends Point {
  readonly width: number;
  /** Whether the name stands at the top of its box and not in the middle. */
  readonly top: boolean;
}

const FLOW_WIDTH = 140;

export function namePlace(cell: CellView, diagram: DiagramView): NamePlace {
  if (cell.isEdge) {
    const { path } = flowPath(cell, diagram);
    return { ...labelPoint(path, cell.label.distance, cell.label.offset), width: FLOW_WIDTH, top: false };
  }
  const box = boxOf(cell) ?? { x: 0, y: 0, width: FLOW_WIDTH, height: 0 };
  const top = cell.kind === 'boundary-box';
  return { x: box.x + box.width / 2, y: top ? box.y : box.y + box.height / 2, width: box.width, top };
}
