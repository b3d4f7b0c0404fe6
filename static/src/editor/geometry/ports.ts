/// Ports: the places on the sides of an element at which flows are tied.
import { asText, at, get, items } from '../../model/json/node.ts';
import type { CellView } from '../../model/views.ts';
import { boxOf, centre, type Box } from './box.ts';
import { turned, type Point } from './point.ts';

/** Where a port is; null when the element has none of this id, or it is on no side. */
export function portPoint(cell: CellView, id: string): Point | null {
  const box = boxOf(cell);
  const ports = items(at(cell.node, 'ports', 'items'));
  const port = ports.find((each) => asText(get(each, 'id')) === id);
  const group = asText(get(port, 'group'));
  if (box === null || group === undefined) return null;
  const beside = ports.filter((each) => asText(get(each, 'group')) === group);
  const along = (beside.findIndex((each) => each === port) + 0.5) / beside.length;
  const point = onSide(sideOf(cell, group), box, along);
  return point === null ? null : turned(point, centre(box), cell.angle);
}

/** The side that a group of ports is on: its position, else its name. */
function sideOf(cell: CellView, group: string): string {
  const position = at(cell.node, 'ports', 'groups', group, 'position');
  return asText(position) ?? asText(get(position, 'name')) ?? group;
}

function onSide(side: string, box: Box, along: number): Point | null {
  const across = { x: box.x + box.width * along, y: box.y + box.height * along };
  switch (side) {
    case 'top':
      return { x: across.x, y: box.y };
    case 'bottom':
      return { x: across.x, y: box.y + box.height };
    case 'left':
      return { x: box.x, y: across.y };
    case 'right':
      return { x: box.x + box.width, y: across.y };
    default:
      return null;
  }
}
