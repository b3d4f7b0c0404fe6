/// A model for the editor that has a cell of each kind, in and out of boundaries, with threats of each severity.
const SEVERITIES = ['TBD', 'Low', 'Medium', 'High', 'Critical'];

export const DRAWING = model('Corner shop', [
  diagram(0, 'Selling', [
    box('shop', 'Shop', 180, 40, 560, 300),
    node('buyer', 'actor', 'Buyer', 0, 160, { outOfScope: true, reasonOutOfScope: 'Not ours' }),
    node('till', 'process', 'Till', 240, 140, {}, ['Low', 'High', 'Critical']),
    node('ledger', 'store', 'Ledger', 560, 160, {}, ['Medium']),
    edge('order', 'Order', 'buyer', 'till', { protocol: 'HTTPS', isEncrypted: true }, ['TBD']),
    edge('entry', 'Entry', 'till', 'ledger', { isBidirectional: true }),
    {
      ...edge('curve', 'Street', { x: 130, y: 20 }, { x: 130, y: 360 }),
      shape: 'trust-boundary-curve',
      data: { type: 'tm.Boundary', name: 'Street', description: '', isTrustBoundary: true },
    },
    { ...node('note', 'td-text-block', 'After six only', 240, 380), data: { type: 'tm.Text', name: 'After six only' } },
    { ...node('robot', 'robot', 'Sweeper', 480, 380), data: { type: 'x.Robot', name: 'Sweeper' } },
  ]),
  diagram(1, 'Storing', []),
]);

export function model(title, diagrams) {
  return {
    version: '2.5.0',
    summary: { title, owner: 'Till team', description: '', id: 0 },
    detail: { contributors: [], reviewer: '', diagramTop: diagrams.length, threatTop: 9, diagrams },
  };
}

export function diagram(id, title, cells) {
  const thumbnail = './public/content/images/thumbnail.stride.jpg';
  return { id, title, diagramType: 'STRIDE', placeholder: '', thumbnail, version: '2.5.0', cells };
}

export function node(id, shape, name, x, y, data = {}, severities = []) {
  return {
    position: { x, y },
    size: { width: 120, height: 80 },
    shape,
    zIndex: 2,
    id,
    attrs: { text: { text: name } },
    data: { type: `tm.${shape[0].toUpperCase()}${shape.slice(1)}`, name, ...data, ...threatened(id, severities) },
  };
}

export function box(id, name, x, y, width, height) {
  const data = { type: 'tm.BoundaryBox', name, description: '', isTrustBoundary: true, hasOpenThreats: false };
  return { ...node(id, 'trust-boundary-box', name, x, y), size: { width, height }, zIndex: -1, data };
}

/** From and to a cell's id, or a point. */
export function edge(id, name, from, to, data = {}, severities = []) {
  const end = (at) => (typeof at === 'string' ? { cell: at } : at);
  return {
    shape: 'flow',
    connector: 'smooth',
    zIndex: 10,
    id,
    source: end(from),
    target: end(to),
    vertices: [],
    labels: [{ attrs: { label: { text: name } }, position: 0.5 }],
    data: { type: 'tm.Flow', name, ...data, ...threatened(id, severities) },
  };
}

function threatened(id, severities) {
  const threats = severities.map((severity) => ({
    id: `${id}-${severity}`,
    number: SEVERITIES.indexOf(severity) + 1,
    title: `A ${severity} threat to ${id}`,
    status: 'Open',
    severity,
    type: 'Tampering',
    description: '',
    mitigation: '',
    modelType: 'STRIDE',
  }));
  return { hasOpenThreats: threats.length > 0, threats };
}
