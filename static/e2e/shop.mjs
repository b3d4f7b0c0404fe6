/// A small diagram that the tests of the editor work on: where each element is, is part of the tests.

const at = (x, y, width, height) => ({ position: { x, y }, size: { width, height } });

function node(id, shape, name, place, more = {}) {
  return {
    ...place,
    attrs: { text: { text: name } },
    visible: true,
    shape,
    id,
    zIndex: 1,
    data: { type: `tm.${shape}`, name, description: '', outOfScope: false, hasOpenThreats: false, threats: [] },
    ...more,
  };
}

export function flow(id, name, source, target, more = {}) {
  return {
    shape: 'flow',
    width: 200,
    height: 100,
    zIndex: 10,
    connector: 'normal',
    data: { type: 'tm.Flow', name, description: '', isBidirectional: false, hasOpenThreats: false, threats: [] },
    id,
    labels: [{ position: 0.5, attrs: { label: { text: name } } }],
    source: typeof source === 'string' ? { cell: source } : source,
    target: typeof target === 'string' ? { cell: target } : target,
    vertices: [],
    ...more,
  };
}

const boundary = (data) => ({ ...data, description: '', isTrustBoundary: true, hasOpenThreats: false });

const DMZ = {
  ...at(300, 0, 500, 300),
  attrs: { label: { text: 'DMZ' } },
  visible: true,
  shape: 'trust-boundary-box',
  id: 'dmz',
  zIndex: -1,
  data: boundary({ type: 'tm.BoundaryBox', name: 'DMZ' }),
};

const CURVE = {
  shape: 'trust-boundary-curve',
  width: 200,
  height: 100,
  zIndex: -1,
  connector: 'smooth',
  data: boundary({ type: 'tm.Boundary', name: 'Office' }),
  id: 'office',
  labels: [{ position: 0.5, attrs: { label: { text: 'Office' } } }],
  source: { x: 0, y: 420 },
  target: { x: 240, y: 420 },
  vertices: [{ x: 120, y: 460 }],
};

export const BROWSER = node('browser', 'actor', 'Browser', at(0, 100, 150, 80));
export const API = node('api', 'process', 'API', at(360, 90, 100, 100));
export const ORDERS = node('orders', 'store', 'Orders', at(620, 100, 150, 80));
/** From the right side of Browser at 150, 140 to the left side of API at 360, 140, straight. */
export const ORDER = flow('order', 'Order', 'browser', 'api');
/** From API to Orders by way of 540, 240. */
export const QUERY = flow('query', 'Query', 'api', 'orders', { vertices: [{ x: 540, y: 240 }] });
const NOTE = node('note', 'td-text-block', 'Note', at(360, 400, 150, 60));

export const CELLS = [DMZ, BROWSER, API, ORDERS, ORDER, QUERY, CURVE, NOTE];

/** The text of a model with one diagram that has these cells. */
export function modelOf(cells, title = 'Shop') {
  const diagram = {
    id: 0,
    title: 'Main',
    diagramType: 'STRIDE',
    placeholder: 'New STRIDE diagram description',
    thumbnail: './public/content/images/thumbnail.stride.jpg',
    version: '2.6.2',
    cells,
  };
  const detail = { contributors: [], diagrams: [diagram], diagramTop: 1, reviewer: '', threatTop: 0 };
  return `${JSON.stringify({ version: '2.6.2', summary: { title, owner: '', description: '', id: 0 }, detail }, null, 2)}\n`;
}

export const SHOP = modelOf(CELLS);
