/// Putting an element on a flow: the flow is split there. The first half stays the flow that it was, with
/// its threats and its name; the second is new.
import type { JsonValue } from '../../model/json/node.ts';
import { newName } from './words.ts';
import { newEdge } from '../../model/new-cell.ts';
import type { Operation } from '../../model/operation.ts';
import type { CellView, DiagramView, Point } from '../../model/views.ts';
import { flowPath } from '../geometry/flow.ts';

/** What holds for both halves. */
const SHARED = ['isBidirectional', 'isEncrypted', 'isPublicNetwork'];

/** The operations that lead a flow through an element, after the element has been added. */
export function split(
  diagram: DiagramView,
  flow: CellView,
  node: { id: string; middle: Point },
  newId: string,
): Operation[] {
  if (flow.target === null) return [];
  const { path } = flowPath(flow, diagram);
  const cut = path.nearest(node.middle).distance;
  const isBefore = (vertex: Point) => path.nearest(vertex).distance < cut;
  const [before, after] = [flow.vertices.filter(isBefore), flow.vertices.filter((vertex) => !isBefore(vertex))];
  const second = newEdge('flow', newId, newName('flow'), {
    source: { cell: node.id },
    target: flow.target,
    vertices: after,
  });
  const first = { diagram: diagram.id ?? 0, cell: flow.id };
  const other = { diagram: diagram.id ?? 0, cell: newId };
  const field = (key: string, value: JsonValue): Operation => ({ type: 'setCellField', ...other, key, value });
  return [
    { type: 'addCell', diagram: first.diagram, cell: second },
    { type: 'setEnd', ...first, end: 'target', to: { cell: node.id } },
    ...(after.length > 0 ? [{ type: 'setVertices', ...first, vertices: before } as const] : []),
    ...(flow.route === 'smooth' ? [] : [{ type: 'setRoute', ...other, route: flow.route } as const]),
    ...SHARED.filter((key) => flow.flag(key)).map((key) => field(key, true)),
    ...(flow.words('protocol') === '' ? [] : [field('protocol', flow.words('protocol'))]),
  ];
}
