/// A graph taken apart by boundaries: the nodes that stand in each, and the edges between them. An edge into a
/// boundary is one to the boundary.
import type { GraphEdge, GraphNode } from './graph.ts';

export interface Level {
  readonly nodes: GraphNode[];
  readonly edges: GraphEdge[];
}

/** By the id of the boundary; null for what stands in none. */
export function byLevel(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): ReadonlyMap<string | null, Level> {
  const levels = new Map<string | null, Level>();
  const levelOf = (parent: string | null): Level => {
    const level = levels.get(parent) ?? { nodes: [], edges: [] };
    levels.set(parent, level);
    return level;
  };
  const parentOf = new Map(nodes.map(({ id, parent }) => [id, parent]));
  for (const node of nodes) levelOf(node.parent).nodes.push(node);
  for (const edge of edges) {
    const lifted = lift(edge, parentOf);
    if (lifted) levelOf(parentOf.get(lifted.from) ?? null).edges.push(lifted);
  }
  return levels;
}

/** The edge between the outermost nodes around its ends that stand side by side; none from something into itself. */
function lift(edge: GraphEdge, parentOf: ReadonlyMap<string, string | null>): GraphEdge | null {
  const [around, other] = [chain(edge.from, parentOf), chain(edge.to, parentOf)];
  let depth = 0;
  while (around[depth] !== undefined && around[depth] === other[depth]) depth += 1;
  const [from, to] = [around[depth], other[depth]];
  return from === undefined || to === undefined ? null : { ...edge, from, to };
}

/** A node and all around it, the outermost first. */
function chain(id: string, parentOf: ReadonlyMap<string, string | null>): string[] {
  const parent = parentOf.get(id) ?? null;
  return parent === null ? [id] : [...chain(parent, parentOf), id];
}
