/// New cells, with the members that the format's own editor writes, in its order. Nothing that is derived
/// is stored: a new cell has no style of its own, and its flows aim at the middle of elements.
import { type JsonValue } from './json/node.ts';
import { type CellEnd, type Point, type Size } from './views.ts';
import { SHAPE_OF, type NewKind } from './vocabulary.ts';

/** The kinds that stand somewhere, and those that go from one place to another. */
export type NodeKind = Exclude<NewKind, EdgeKind>;
export type EdgeKind = 'flow' | 'boundary-curve';

/** How large new elements are. */
export const NEW_SIZE: Readonly<Record<NodeKind, Size>> = {
  actor: { width: 150, height: 80 },
  process: { width: 100, height: 100 },
  store: { width: 150, height: 75 },
  text: { width: 150, height: 80 },
  'boundary-box': { width: 500, height: 400 },
};

export interface Ends {
  readonly source: CellEnd | Point;
  readonly target: CellEnd | Point;
  readonly vertices?: readonly Point[];
}

export function isEdgeKind(kind: NewKind): kind is EdgeKind {
  return kind === 'flow' || kind === 'boundary-curve';
}

export function newNode(kind: NodeKind, id: string, name: string, place: Point & Size): JsonValue {
  const { x, y, width, height } = place;
  const isBoundary = kind === 'boundary-box';
  return {
    position: { x, y },
    size: { width, height },
    attrs: { [isBoundary ? 'label' : 'text']: { text: name } },
    visible: true,
    shape: SHAPE_OF[kind],
    id,
    zIndex: isBoundary ? -1 : 0,
    data: newData(kind, name),
  };
}

export function newEdge(kind: EdgeKind, id: string, name: string, ends: Ends): JsonValue {
  return {
    shape: SHAPE_OF[kind],
    // An edge without these has an arrow; a boundary has none.
    ...(kind === 'boundary-curve' ? { attrs: { line: { sourceMarker: '', targetMarker: '' } } } : {}),
    width: 200,
    height: 100,
    zIndex: kind === 'flow' ? 10 : -1,
    labels: [{ attrs: { label: { text: name } }, position: 0.5 }],
    connector: 'smooth',
    data: newData(kind, name),
    id,
    source: { ...ends.source },
    target: { ...ends.target },
    vertices: (ends.vertices ?? []).map(({ x, y }) => ({ x, y })),
  };
}

function newData(kind: NewKind, name: string): JsonValue {
  const begin = { type: DATA_TYPE[kind], name };
  switch (kind) {
    case 'text':
      return { ...begin, hasOpenThreats: false };
    case 'boundary-box':
    case 'boundary-curve':
      return { ...begin, description: '', isTrustBoundary: true, hasOpenThreats: false, ...CROSSED };
    default:
      return { ...begin, ...SCOPED, ...OWN[kind], threats: [] };
  }
}

const DATA_TYPE: Readonly<Record<NewKind, string>> = {
  actor: 'tm.Actor',
  process: 'tm.Process',
  store: 'tm.Store',
  text: 'tm.Text',
  'boundary-box': 'tm.BoundaryBox',
  'boundary-curve': 'tm.Boundary',
  flow: 'tm.Flow',
};

/** What the format's own editor derives of a boundary when it saves. */
const CROSSED = { crossingFlows: [], containedElements: [] };

/** What everything has that can hold threats. */
const SCOPED = {
  description: '',
  outOfScope: false,
  reasonOutOfScope: '',
  isTrustBoundary: false,
  hasOpenThreats: false,
};

const OWN = {
  actor: { providesAuthentication: false },
  process: {
    handlesCardPayment: false,
    handlesGoodsOrServices: false,
    isWebApplication: false,
    privilegeLevel: '',
  },
  store: {
    isALog: false,
    isEncrypted: false,
    isSigned: false,
    storesCredentials: false,
    storesInventory: false,
  },
  flow: { isBidirectional: false, isEncrypted: false, isPublicNetwork: false, protocol: '', trustBoundaryIds: [] },
};
