/// Generated models of any size: clusters of elements in trust boundaries, named, with threats, and flows between
/// neighbours. The same size gives the same model.
const ACROSS = 5;
const DOWN = 4;
const STEP = { x: 200, y: 150 };
const GAP = 160;
const SHAPES = ['process', 'store', 'actor', 'process'];
const WORDS = ['Order', 'Payment', 'Customer', 'Stock', 'Mail', 'Search', 'Invoice', 'Session', 'Report', 'Price'];
const THINGS = ['service', 'database', 'gateway', 'queue', 'desk', 'cache', 'archive'];

/** The text of a model whose one diagram has so many elements, and half as many flows again. */
export function generated(count) {
  const next = numbers(count);
  const side = Math.ceil(Math.sqrt((count / ACROSS / DOWN) * 0.9));
  const places = Array.from({ length: count }, (_, index) => placeOf(index, side));
  const flows = Array.from({ length: count * 1.5 }, (_, index) => flow(index, ...ends(index, count, next)));
  const cells = [...boundaries(count, side), ...places.map(element), ...flows];
  const diagram = { id: 0, title: 'Generated', diagramType: 'STRIDE', thumbnail: '', version: '2.3.0', cells };
  return JSON.stringify({
    version: '2.3.0',
    summary: { title: `${count} elements`, owner: '', description: '', id: 0 },
    detail: { contributors: [], reviewer: '', diagramTop: 1, threatTop: count, diagrams: [diagram] },
  });
}

/** Where on the plane the corner of a cluster is. */
function clusterAt(cluster, side) {
  const x = (cluster % side) * (ACROSS * STEP.x + GAP);
  const y = Math.floor(cluster / side) * (DOWN * STEP.y + GAP);
  return { x, y };
}

function placeOf(index, side) {
  const { x, y } = clusterAt(Math.floor(index / ACROSS / DOWN), side);
  const within = index % (ACROSS * DOWN);
  return { x: x + (within % ACROSS) * STEP.x, y: y + Math.floor(within / ACROSS) * STEP.y };
}

function boundaries(count, side) {
  return Array.from({ length: Math.ceil(count / ACROSS / DOWN) }, (_, index) => {
    const { x, y } = clusterAt(index, side);
    const name = `Zone ${index + 1}`;
    return {
      ...based(`zone-${index}`, 'trust-boundary-box', name, -1),
      position: { x: x - 40, y: y - 40 },
      size: { width: ACROSS * STEP.x, height: DOWN * STEP.y },
      attrs: { label: { text: name } },
    };
  });
}

function element(position, index) {
  const shape = SHAPES[index % SHAPES.length];
  const name = `${WORDS[index % WORDS.length]} ${THINGS[index % THINGS.length]} ${index + 1}`;
  return {
    ...based(`node-${index}`, shape, name, 1, threats(index)),
    position,
    size: { width: shape === 'process' ? 100 : 120, height: shape === 'process' ? 100 : 80 },
    attrs: { text: { text: name } },
  };
}

function flow(index, source, target) {
  const name = `${WORDS[index % WORDS.length]} ${index + 1}`;
  return {
    ...based(`flow-${index}`, 'flow', name, 10, index % 10 === 0 ? threats(index) : []),
    source: { cell: `node-${source}` },
    target: { cell: `node-${target}` },
    connector: 'smooth',
    labels: [{ attrs: { label: { text: name } }, position: 0.5 }],
  };
}

/** Each element has a flow to the next one; half have one to another not far away. */
function ends(index, count, next) {
  if (index < count) return [index, (index + 1) % count];
  const source = (index - count) * 2;
  return [source, (source + 2 + Math.floor(next() * 40)) % count];
}

function based(id, shape, name, zIndex, threats = []) {
  const data = {
    type: `tm.${shape}`,
    name,
    description: '',
    outOfScope: false,
    hasOpenThreats: threats.length > 0,
    threats,
  };
  return { id, shape, zIndex, data };
}

function threats(index) {
  const count = index % 3 === 0 ? 1 + (index % 4) : 0;
  return Array.from({ length: count }, (_, number) => ({
    id: `threat-${index}-${number}`,
    number: number + 1,
    title: `What may go wrong ${number + 1}`,
    type: 'Tampering',
    status: number === 0 ? 'Open' : 'Mitigated',
    severity: ['Low', 'Medium', 'High', 'Critical'][index % 4],
    description: 'Somebody changes what is sent.',
    mitigation: '',
    modelType: 'STRIDE',
  }));
}

/** Numbers from 0 to 1 that look like chance and are the same each time. */
function numbers(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
