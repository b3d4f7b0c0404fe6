/// What moves with what: the selected elements, what lies in selected boundaries, and the flows between.
import { contents } from '../geometry/place.ts';
import { tidy } from '../geometry/point.ts';
import { isCellEnd, type CellView, type DiagramView, type End, type Point } from '../../model/views.ts';
import type { Operation } from '../../model/operation.ts';

/** More than a file's own numbers have: moving must not round them. */
const PLACES = 6;

export interface Moving {
  readonly nodes: readonly CellView[];
  /** Flows and curves of which something moves. */
  readonly edges: readonly CellView[];
  /** What must be done to a diagram in which nothing has moved yet. */
  by(dx: number, dy: number): Operation[];
}

/** `withContents`: a boundary box takes along what lies in it. What is locked stays. */
export function movingOf(diagram: DiagramView, selected: readonly CellView[], withContents: boolean): Moving {
  const all = withContents ? withInside(diagram, selected) : new Set(selected);
  const nodes = [...all].filter((cell) => cell.position !== null && !cell.isEdge && !cell.locked);
  const ids = new Set(nodes.map((cell) => cell.id));
  const moves = (edge: CellView, end: End) => (isCellEnd(end) ? ids.has(end.cell) : all.has(edge) && !edge.locked);
  const edges = diagram.cells.filter(
    (cell) => cell.isEdge && (all.has(cell) || (moves(cell, cell.source) && moves(cell, cell.target))),
  );
  const id = diagram.id ?? 0;
  return {
    nodes,
    edges,
    by: (dx, dy) => [
      ...nodes.map((cell) => nodeBy(id, cell, dx, dy)),
      ...edges.flatMap((edge) => edgeBy(id, edge, moves, dx, dy)),
    ],
  };
}

/** The cells, and all that lies in the boundary boxes among them, at any depth. */
function withInside(diagram: DiagramView, cells: readonly CellView[]): Set<CellView> {
  const found = new Set(cells);
  for (const cell of cells) {
    if (!cell.locked) for (const inner of contents(cell, diagram)) found.add(inner);
  }
  return found;
}

function nodeBy(diagram: number, cell: CellView, dx: number, dy: number): Operation {
  const { x, y } = cell.position ?? { x: 0, y: 0 };
  return { type: 'moveCell', diagram, cell: cell.id, x: tidy(x + dx, PLACES), y: tidy(y + dy, PLACES) };
}

function edgeBy(
  diagram: number,
  edge: CellView,
  moves: (edge: CellView, end: End) => boolean,
  dx: number,
  dy: number,
): Operation[] {
  const shifted = ({ x, y }: Point) => ({ x: tidy(x + dx, PLACES), y: tidy(y + dy, PLACES) });
  const done: Operation[] = [];
  for (const end of ['source', 'target'] as const) {
    const place = edge[end];
    if (place === null || isCellEnd(place) || !moves(edge, place)) continue;
    done.push({ type: 'setEnd', diagram, cell: edge.id, end, to: shifted(place) });
  }
  const whole = moves(edge, edge.source) && moves(edge, edge.target) && !edge.locked;
  if (whole && edge.vertices.length > 0) {
    done.push({ type: 'setVertices', diagram, cell: edge.id, vertices: edge.vertices.map(shifted) });
  }
  return done;
}
