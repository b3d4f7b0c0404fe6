/// What is laid out anew: elements, the boundaries around them, and the flows between.
import { isCellEnd, type CellView, type DiagramView, type Size } from '../../model/views.ts';
import { boundsOf, contents } from '../geometry/place.ts';
import { textWidth } from '../geometry/text.ts';
import { parents } from '../navigate/nesting.ts';

export type Course = 'right' | 'down';

export interface GraphNode extends Size {
  readonly id: string;
  /** The boundary around it. */
  readonly parent: string | null;
}

export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  /** The length of its name. */
  readonly width: number;
}

/** Plain data, as a worker is given it. */
export interface Graph {
  readonly course: Course;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Longer names are broken into lines. */
const NAME_MAX = 150;

/** What is laid out: the chosen elements with what stands in them, or all when those are fewer than two. */
export function chosen(diagram: DiagramView, selected: readonly CellView[]): CellView[] {
  const inside = new Set([...selected, ...selected.flatMap((cell) => contents(cell, diagram))]);
  const some = diagram.cells.filter((cell) => inside.has(cell) && isPlaced(cell));
  return (some.length < 2 ? diagram.cells.filter(isPlaced) : some).filter((cell) => !cell.locked);
}

function isPlaced(cell: CellView): boolean {
  return !cell.isEdge && cell.size !== null && boundsOf(cell) !== null;
}

export function graphOf(diagram: DiagramView, cells: readonly CellView[], course: Course): Graph {
  const parentOf = parents(cells);
  const nodes = cells.map((cell): GraphNode => {
    const { width, height } = boundsOf(cell) ?? { width: 0, height: 0 };
    return { id: cell.id, parent: parentOf.get(cell.id) ?? null, width, height };
  });
  const ids = new Set(cells.map((cell) => cell.id));
  const edges = diagram.cells.flatMap((cell): GraphEdge[] => {
    if (!isCellEnd(cell.source) || !isCellEnd(cell.target)) return [];
    const [from, to] = [cell.source.cell, cell.target.cell];
    if (!ids.has(from) || !ids.has(to)) return [];
    return [{ id: cell.id, from, to, width: Math.min(NAME_MAX, textWidth(cell.label.text)) }];
  });
  return { course, nodes, edges };
}
