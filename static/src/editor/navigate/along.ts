/// Along the flows: from an element onto a flow, from a flow to the element at its end.
import { isCellEnd, type CellView, type DiagramView } from '../../model/views.ts';
import { arriving, leaving } from './flows.ts';
import { readingOrder } from './order.ts';

export type Way = 'forwards' | 'backwards';

/** The element at the end of a flow, or the first flow that leaves (backwards: reaches) an element. */
export function along(from: CellView, way: Way, diagram: DiagramView): CellView | null {
  if (!from.isEdge) return flowsOf(from.id, way, diagram)[0] ?? null;
  const end = way === 'forwards' ? from.target : from.source;
  return (isCellEnd(end) ? diagram.cell(end.cell) : undefined) ?? null;
}

/** From a flow to the next one that leaves (backwards: reaches) the same element, in a circle. */
export function sibling(from: CellView, way: Way, diagram: DiagramView): CellView | null {
  const end = way === 'forwards' ? from.source : from.target;
  if (!from.isEdge || !isCellEnd(end)) return along(from, way, diagram);
  const flows = flowsOf(end.cell, way, diagram);
  return flows[(flows.indexOf(from) + 1) % flows.length] ?? null;
}

function flowsOf(id: string, way: Way, diagram: DiagramView): CellView[] {
  const cells = readingOrder(diagram);
  return way === 'forwards' ? leaving(id, cells) : arriving(id, cells);
}
