/// What is drawn of a cell, remembered for as long as neither the cell nor its ends change.
import type { CellView, DiagramView } from '../../model/views.ts';
import { boxOf, sizeOf, type Box } from '../geometry/box.ts';
import { flowPath, type FlowPath } from '../geometry/flow.ts';
import { edgeFigure } from './edge.ts';
import { faint } from './faint.ts';
import { nodeFigure } from './node.ts';
import type { Figure } from './parts.ts';

const nodes = new WeakMap<CellView, Figure>();
const edges = new WeakMap<FlowPath, Figure>();

/** The figure of a cell: the same one as long as it is drawn the same. */
export function figureOf(cell: CellView, diagram: DiagramView): Figure {
  const box = cell.isEdge ? null : (boxOf(cell) ?? unplaced(cell));
  if (box !== null) return remembered(nodes, cell, () => scoped(cell, nodeFigure(cell, box)));
  const flow = flowPath(cell, diagram);
  return remembered(edges, flow, () => scoped(cell, edgeFigure(cell, flow)));
}

function scoped(cell: CellView, figure: Figure): Figure {
  return cell.outOfScope ? faint(figure) : figure;
}

function remembered<Key extends object>(figures: WeakMap<Key, Figure>, key: Key, draw: () => Figure): Figure {
  let figure = figures.get(key);
  if (figure === undefined) {
    figure = draw();
    figures.set(key, figure);
  }
  return figure;
}

/** An element without a place is drawn at the origin, so that it can be found and moved. */
function unplaced(cell: CellView): Box {
  return { x: 0, y: 0, ...sizeOf(cell) };
}
