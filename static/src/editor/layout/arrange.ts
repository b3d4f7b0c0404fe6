/// Finds a place for each node of a graph: layers along the course, few crossings. What stands in a boundary is
/// laid out first; then the boundary is one node among its neighbours.
import { Graph as Layers, layout, type EdgeLabel, type GraphLabel, type NodeLabel } from '@dagrejs/dagre';
import { union, type Box } from '../geometry/box.ts';
import type { Size } from '../../model/views.ts';
import type { Course, Graph, GraphEdge, GraphNode } from './graph.ts';
import { byLevel } from './levels.ts';
import { onwards } from './onwards.ts';

/** Between neighbours, and between layers where flows have no names. */
const BESIDE = 50;
const BETWEEN = 70;
/** The height of a flow's name. */
const NAME = 24;
/** The room between a boundary and what it holds; above, its name stands in it. */
const MARGIN = 40;

/** The box of each node. */
export function arrange({ course, nodes, edges }: Graph): ReadonlyMap<string, Box> {
  const levels = byLevel(nodes, edges);
  const place = (parent: string | null): ReadonlyMap<string, Box> => {
    const { nodes: here = [], edges: between = [] } = levels.get(parent) ?? {};
    const inner = new Map(here.map(({ id }) => [id, place(id)]));
    const outer = inLayers(
      here.map((node) => ({ id: node.id, ...sizeOf(node, inner.get(node.id)) })),
      between,
      course,
    );
    return new Map([...outer, ...here.flatMap(({ id }) => within(outer.get(id), inner.get(id)))]);
  };
  return place(null);
}

function sizeOf(node: GraphNode, inner: ReadonlyMap<string, Box> | undefined): Size {
  const held = union(inner?.values() ?? []);
  return held ? { width: held.width + 2 * MARGIN, height: held.height + 2 * MARGIN } : node;
}

/** What a boundary holds, in the place of the boundary. */
function within(outer: Box | undefined, inner: ReadonlyMap<string, Box> | undefined): [string, Box][] {
  const held = union(inner?.values() ?? []);
  if (!outer || !inner || !held) return [];
  const [dx, dy] = [outer.x + MARGIN - held.x, outer.y + MARGIN - held.y];
  return Array.from(inner, ([id, box]) => [id, { ...box, x: box.x + dx, y: box.y + dy }]);
}

type Placeable = Pick<GraphNode, 'id' | 'width' | 'height'>;

/** Nodes that are in nothing, and edges between them. */
function inLayers(nodes: readonly Placeable[], edges: readonly GraphEdge[], course: Course): Map<string, Box> {
  const layers = new Layers<GraphLabel, NodeLabel, EdgeLabel>({ multigraph: true });
  layers.setGraph({ rankdir: course === 'right' ? 'LR' : 'TB', nodesep: BESIDE, ranksep: BETWEEN });
  // The library keeps its nodes by name in plain objects: names from a file do not belong there.
  const names = new Map(nodes.map(({ id }, index) => [id, `n${index}`]));
  const nameOf = (id: string) => names.get(id) ?? '';
  for (const { id, width, height } of nodes) {
    layers.setNode(nameOf(id), { width: Math.max(1, width), height: Math.max(1, height) });
  }
  for (const [name, { from, to, width, weight }] of merged(onwards(edges), nameOf)) {
    layers.setEdge(nameOf(from), nameOf(to), { width, height: NAME, labelpos: 'c', weight }, name);
  }
  layout(layers);
  return new Map(nodes.map(({ id }) => [id, boxOf(layers.node(nameOf(id)))]));
}

/** One edge for all between the same two nodes, which counts as much as they do. */
function merged(edges: readonly GraphEdge[], nameOf: (id: string) => string): Map<string, GraphEdge & Weighted> {
  const found = new Map<string, GraphEdge & Weighted>();
  for (const edge of edges) {
    const name = `${nameOf(edge.from)} ${nameOf(edge.to)}`;
    const { width = 0, weight = 0 } = found.get(name) ?? {};
    found.set(name, { ...edge, width: Math.max(width, edge.width), weight: weight + 1 });
  }
  return found;
}

interface Weighted {
  readonly weight: number;
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: NodeLabel): Box {
  return { x: x - width / 2, y: y - height / 2, width, height };
}
