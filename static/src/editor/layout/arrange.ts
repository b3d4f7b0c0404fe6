/// Finds a place for each node of a graph: layers along the course, few crossings, boundaries around what
/// they hold.
import { Graph as Layers, layout, type EdgeLabel, type GraphLabel, type NodeLabel } from '@dagrejs/dagre';
import { grow, union, type Box } from '../geometry/box.ts';
import type { Graph, GraphNode } from './graph.ts';

/** Between neighbours, and between layers where flows have no names. */
const BESIDE = 50;
const BETWEEN = 70;
/** The height of a flow's name. */
const NAME = 24;
/** The least room between a boundary and what it holds. */
const MARGIN = 30;

/** The box of each node. */
export function arrange(graph: Graph): ReadonlyMap<string, Box> {
  const layers = new Layers<GraphLabel, NodeLabel, EdgeLabel>({ compound: true, multigraph: true });
  layers.setGraph({ rankdir: graph.course === 'right' ? 'LR' : 'TB', nodesep: BESIDE, ranksep: BETWEEN });
  // The library keeps its nodes by name in plain objects: names from a file do not belong there.
  const names = new Map(graph.nodes.map(({ id }, index) => [id, `n${index}`]));
  const nameOf = (id: string) => names.get(id) ?? '';
  for (const { id, holds, width, height } of graph.nodes) {
    layers.setNode(nameOf(id), holds ? { width: 0, height: 0 } : { width, height });
  }
  for (const { id, parent } of graph.nodes) if (parent !== null) layers.setParent(nameOf(id), nameOf(parent));
  graph.edges.forEach(({ from, to, width }, index) => {
    layers.setEdge(nameOf(from), nameOf(to), { width, height: NAME, labelpos: 'c' }, `e${index}`);
  });
  layout(layers);
  return around(graph.nodes, (id) => boxOf(layers.node(nameOf(id))));
}

function boxOf({ x = 0, y = 0, width = 0, height = 0 }: NodeLabel): Box {
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** Each boundary at least `MARGIN` larger than what it holds. */
function around(nodes: readonly GraphNode[], given: (id: string) => Box): ReadonlyMap<string, Box> {
  const boxes = new Map<string, Box>();
  const find = (node: GraphNode): Box => {
    const inner = nodes.filter(({ parent }) => parent === node.id).map(find);
    const held = union(inner);
    const box = held ? (union([given(node.id), grow(held, MARGIN)]) ?? held) : given(node.id);
    boxes.set(node.id, box);
    return box;
  };
  for (const node of nodes) if (node.parent === null) find(node);
  return boxes;
}
