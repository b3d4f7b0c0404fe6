/// A model that has everything that is drawn: each kind, route, form of a label, state of threats, and odd ends.
const SEVERITIES = ['TBD', 'Low', 'Medium', 'High', 'Critical'];

export const PICTURED = JSON.stringify({
  version: '2.3.0',
  summary: { title: 'Everything that is drawn', owner: '', description: '', id: 0 },
  detail: {
    contributors: [],
    reviewer: '',
    diagramTop: 3,
    threatTop: 9,
    diagrams: [diagram(0, 'Elements', elements()), diagram(1, 'Flows', flows()), diagram(2, 'Odd ends', oddEnds())],
  },
});

function diagram(id, title, cells) {
  return { id, title, diagramType: 'STRIDE', thumbnail: '', version: '2.3.0', cells };
}

function elements() {
  return [
    { ...node('zone', 'trust-boundary-box', 'Zone', -40, -40), size: { width: 700, height: 420 }, zIndex: -1 },
    ...['process', 'store', 'actor'].flatMap((shape, row) => [
      node(`${shape}-plain`, shape, `Plain ${shape}`, 0, row * 130),
      node(`${shape}-out`, shape, `Out of scope ${shape}`, 160, row * 130, { outOfScope: true }),
      { ...node(`${shape}-turned`, shape, 'Turned', 320, row * 130), angle: 30 },
      node(`${shape}-threat`, shape, 'A long name that needs lines', 480, row * 130, {}, SEVERITIES[row]),
    ]),
    node('text', 'td-text-block', 'Two lines\nof text', 0, 420),
    node('unknown', 'cloud-thing', 'Cloud', 180, 420),
    node('high', 'process', 'High', 340, 420, {}, 'High'),
    node('critical', 'store', 'Critical', 500, 420, {}, 'Critical'),
  ];
}

function flows() {
  const label = (text) => ({ attrs: { label: { text } }, position: 0.5 });
  return [
    ...['a', 'b', 'c', 'd'].map((id, index) => node(id, 'process', id.toUpperCase(), index * 250, 0)),
    ...['e', 'f', 'g', 'h'].map((id, index) => node(id, 'actor', id.toUpperCase(), index * 250, 250)),
    flow('smooth', 'a', 'e', { labels: [label('smooth')] }),
    flow('straight', 'a', 'b', { connector: 'normal', labels: [label('straight')] }),
    flow('orthogonal', 'b', 'g', { connector: 'normal', router: { name: 'orth' }, labels: [label('corners')] }),
    flow('bent', 'c', 'h', {
      vertices: [
        { x: 700, y: 150 },
        { x: 860, y: 170 },
      ],
      labels: [label('bent')],
    }),
    flow('both', 'b', 'c', { data: { isBidirectional: true }, labels: ['only text'] }),
    flow(
      'threatened',
      'c',
      'd',
      { labels: [{ attrs: { labelText: { text: 'labelText' } }, position: 0.3 }] },
      'Medium',
    ),
    flow('twin-one', 'e', 'f', {
      labels: [{ attrs: { text: { text: 'text' } }, position: { distance: 40, offset: 12 } }],
    }),
    flow('twin-two', 'e', 'f', { data: { outOfScope: true }, labels: [label('out of scope')] }),
    flow('twin-three', 'f', 'e', { labels: [label('back')] }),
    flow('loop', 'd', 'd', { labels: [label('loop')] }),
  ];
}

function oddEnds() {
  const free = (x, y) => ({ x, y });
  return [
    node('one', 'store', 'One', 0, 0),
    { ...flow('to nowhere', 'one', 'gone', {}), target: { cell: 'gone' } },
    { ...flow('free', 'one', 'one', {}), source: free(0, 160), target: free(300, 220) },
    { ...flow('unknown edge', 'one', 'one', {}), shape: 'wire', source: free(0, 260), target: free(300, 260) },
    {
      ...curve('trust-boundary-curve', 'Curve'),
      source: free(350, 0),
      vertices: [free(420, 120)],
      target: free(350, 260),
    },
    { ...curve('trust-broundary-curve', ''), source: free(450, 0), target: free(520, 260) },
  ];
}

function node(id, shape, name, x, y, data = {}, severity = null) {
  return {
    id,
    shape,
    zIndex: 1,
    position: { x, y },
    size: { width: 100, height: shape === 'process' ? 100 : 80 },
    attrs: { [shape === 'trust-boundary-box' ? 'label' : 'text']: { text: name } },
    data: { name, type: 'tm', ...data, ...threatened(severity) },
  };
}

function flow(id, source, target, { data = {}, ...more }, severity = null) {
  return {
    id,
    shape: 'flow',
    zIndex: 10,
    connector: 'smooth',
    source: { cell: source },
    target: { cell: target },
    data: { name: id, type: 'tm.Flow', ...data, ...threatened(severity) },
    ...more,
  };
}

function curve(shape, name) {
  return {
    id: `${shape} ${name}`,
    shape,
    zIndex: 10,
    connector: 'smooth',
    labels: [name],
    data: { name, type: 'tm.Boundary' },
  };
}

function threatened(severity) {
  const threat = {
    id: 't',
    number: 1,
    title: 'T',
    type: 'Tampering',
    status: 'Open',
    severity,
    description: '',
    mitigation: '',
  };
  return severity === null ? { hasOpenThreats: false, threats: [] } : { hasOpenThreats: true, threats: [threat] };
}
