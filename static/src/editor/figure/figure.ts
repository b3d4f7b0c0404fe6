/// What is drawn of a cell, remembered for as long as neither the cell nor its ends change.
import type { CellView, DiagramView } from '../../model/views.ts';
import { boxOf, sizeOf, type Box } from '../geometry/box.ts';
import { flowPath, type FlowPath } from '../geometry/flow.ts';
import { labelShifted } from '../geometry/labels-apart.ts';
import { isSame, type Point } from '../geometry/point.ts';
import { edgeFigure } from './edge.ts';
import { faint } from './faint.ts';
import { nodeFigure } from './node.ts';
import type { Figure } from './parts.ts';

const nodes = new WeakMap<CellView, Figure>();
const edges = new WeakMap<FlowPath, { readonly shifted: Point | undefined; readonly figure: Figure }>();

/** The figure of a cell: the same one as long as it is drawn the same. */
export function figureOf(cell: CellView, diagram: DiagramView): Figure {
  const box = cell.isEdge ? null : (boxOf(cell) ?? unplaced(cell));
  return box === null ? edgeOf(cell, diagram) : nodeOf(cell, box);
}

function scoped(cell: CellView, figure: Figure): Figure {
  return cell.outOfScope ? faint(figure) : figure;
}

function nodeOf(cell: CellView, box: Box): Figure {
  let figure = nodes.get(cell);
  if (figure === undefined) {
    figure = scoped(cell, nodeFigure(cell, box));
    nodes.set(cell, figure);
  }
  return figure;
}

function edgeOf(cell: CellView, diagram: DiagramView): Figure {
  const flow = flowPath(cell, diagram);
  const shifted = labelShifted(cell, diagram);
  const last = edges.get(flow);
  if (last && isSame(last.shifted, shifted)) return last.figure;
  const figure = scoped(cell, edgeFigure(cell, flow, shifted));
  edges.set(flow, { shifted, figure });
  return figure;
}

/** An element without a place is drawn at the origin, so that it can be found and moved. */
function unplaced(cell: CellView): Box {
  return { x: 0, y: 0, ...sizeOf(cell) };
}
