/// Edges that all lead on: one that would lead back, as an answer leads to who has asked, is read the other way
/// round. Those that were drawn first say which way is on.
import type { GraphEdge } from './graph.ts';

export function onwards(edges: readonly GraphEdge[]): GraphEdge[] {
  const next = new Map<string, Set<string>>();
  return edges.map((edge) => {
    const on = leads(next, edge.to, edge.from) ? { ...edge, from: edge.to, to: edge.from } : edge;
    next.set(on.from, (next.get(on.from) ?? new Set()).add(on.to));
    return on;
  });
}

/** Whether one comes from one node to another. */
function leads(next: ReadonlyMap<string, ReadonlySet<string>>, from: string, to: string): boolean {
  const reached = new Set([from]);
  // A set that grows while it is gone through is gone through to its new end.
  for (const node of reached) for (const further of next.get(node) ?? []) reached.add(further);
  return reached.has(to);
}
