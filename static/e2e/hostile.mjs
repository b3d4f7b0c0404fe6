/// Models as nobody should write them, and as somebody will.
import { box, diagram, DRAWING, edge, model, node } from './drawing.mjs';

const KEPT = new Set(['version', 'id', 'shape', 'cell', 'thumbnail', 'connector', 'type']);

/** A text that does harm wherever text is taken for more. */
export const ATTACK =
  `"><img src=x onerror="window.harmed=1"><script>window.harmed=2</script><svg onload=harmed=3>` +
  `<a href="javascript:harmed=4">x</a><style>*{display:none}</style>]]></text><foreignObject>{@html harmed} \${harmed}`;
const BIDI = '\u202Etxt.exe\u2066\u200F\u0000\u0007\u001b[31m\r\n\t\u2028\uFFFF\uFEFF';
const LONG = `${'w'.repeat(3000)} ${'long '.repeat(300)}`;
/** Its 40th place, where names are cut, is within a character. */
const EMOJI = `${'x'.repeat(38)}${'👩‍👩‍👧‍👦'.repeat(10)}`;

function spoiled(value, text, key = '') {
  if (typeof value === 'string') return KEPT.has(key) ? value : text;
  if (Array.isArray(value)) return value.map((each) => spoiled(each, text));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, spoiled(each, text, name)]));
}

const a = node('a', 'process', 'A', 0, 0);
const b = node('b', 'store', 'B', 300, 0);
const between = (more, index) => ({ ...edge(`f${index}`, `Flow ${index}`, 'a', 'b'), ...more });
const at = (index, more) => ({ ...node(`n${index}`, 'process', `Node ${index}`, 0, index * 100), ...more });

const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty', ' ', '', '"', "'", '\\', ']', '#', 'ü\u0000'];
const NUMBERS = [1e308, -1e308, 1e-320, -0, 0.1 + 0.2, Number.MAX_SAFE_INTEGER + 1];
const NO_NUMBERS = ['NaN', 'Infinity', '12', null, true, [], {}, [1]];

const sizes = [
  [0, 0],
  [-5, -5],
  [1e308, 1e308],
  [1e-9, 1e-9],
  ['NaN', 5],
  [null, null],
];
const vertices = [
  Array.from({ length: 4000 }, (_, index) => ({ x: (index * 37) % 900, y: (index * 53) % 700 })),
  [{ x: 1e308, y: -1e308 }],
  [{ x: 'NaN', y: null }, null, 7, 'x', [], {}],
  Array.from({ length: 50 }, () => ({ x: 50, y: 50 })),
  'none',
];
const ends = [
  { source: { cell: 'a' }, target: { cell: 'a' } },
  { source: { cell: 'gone' }, target: { cell: 'gone' } },
  { source: { cell: 'f0' }, target: { cell: 'f3' } },
  { source: { cell: 'f2' }, target: { cell: 'f2' } },
  { source: { cell: 'f5' }, target: { cell: 'f2' } },
  { source: { cell: 'f4' }, target: { x: 5, y: 5 } },
  { source: { x: 1e308, y: -1e308 }, target: { x: -1e308, y: 1e308 } },
  { source: { x: 10, y: 10 }, target: { x: 10, y: 10 } },
  { source: null, target: 7 },
  { source: {}, target: [] },
  { source: { cell: '__proto__' }, target: { cell: 'constructor', port: '__proto__' } },
  { source: { cell: 7 }, target: { x: 'NaN', y: 'NaN' } },
  { source: undefined, target: undefined },
];
const labels = [
  ['Plain'],
  [{ attrs: { label: { text: 'L' } }, position: 0.3 }],
  [{ attrs: { labelText: { text: 'T' } } }],
  [{ attrs: { text: { text: 'X' } }, position: { distance: -20, offset: { x: 5, y: 5 } } }],
  [{ attrs: { label: { text: null } }, position: 'middle' }],
  [{ position: { distance: 1e308, offset: -1e308 } }],
  [{ attrs: { label: { text: { text: 'deep' } } } }, 'second', null],
  [],
  [null],
  'no list',
  { 0: 'x' },
];
const shapes = [
  'trust-broundary-curve',
  'trust-boundary-curve',
  'td-text-block',
  'robot',
  '__proto__',
  'constructor',
  '',
  ATTACK,
];
const threats = [[], [{}], [{}, {}], [{ id: 7, status: 3, severity: [], title: null, number: 'x' }]];

const nested = Array.from({ length: 60 }, (_, index) =>
  box(`n${index}`, `Box ${index}`, index, index, 700 - 2 * index, 600 - 2 * index),
);

export const DIAGRAMS = [
  diagram(0, 'Ids', [
    ...NAMES.map((id, index) => at(index, { id })),
    at(20, { id: 7 }),
    at(21, { id: undefined }),
    a,
    a,
    { ...a, shape: 'store' },
    box('twin', 'Outer', 0, 0, 900, 900),
    box('twin', 'Inner', 10, 10, 800, 800),
  ]),
  diagram(
    1,
    'Places',
    [...NUMBERS, ...NO_NUMBERS].flatMap((x, index) => [
      at(index, { position: { x, y: x } }),
      { ...at(index, { position: x }), id: `p${index}` },
    ]),
  ),
  diagram(2, 'Sizes', [
    ...sizes.map(([width, height], index) => at(index, { size: { width, height } })),
    ...[...NUMBERS, ...NO_NUMBERS].map((angle, index) => at(index, { angle, zIndex: angle, id: `z${index}` })),
  ]),
  diagram(3, 'Courses', [
    a,
    b,
    ...vertices.map((each, index) => between({ vertices: each }, index)),
    ...['orth', 'manhattan', { name: 'orth' }, null, 7].map((router, index) =>
      between({ router, connector: router }, `r${index}`),
    ),
  ]),
  diagram(4, 'Ends', [a, b, ...ends.map(between)]),
  diagram(5, 'Labels', [a, b, ...labels.map((each, index) => between({ labels: each }, index))]),
  diagram(6, 'Shapes', [a, b, ...shapes.flatMap((shape, index) => [at(index, { shape }), between({ shape }, index)])]),
  diagram(
    7,
    'Threats',
    threats.map((each, index) => at(index, { data: { name: 'T', type: 'tm.Process', threats: each } })),
  ),
  diagram(
    8,
    'Members',
    [...NO_NUMBERS, ...NUMBERS].map((any, index) => at(index, { attrs: any, ports: any, visible: any, label: any })),
  ),
  diagram(9, 'Nested', nested),
  diagram(
    10,
    'Names',
    [BIDI, LONG, EMOJI, ' \n\n ', '\n'.repeat(200)].flatMap((name, index) => [
      { ...at(index), data: { type: 'tm.Process', name }, attrs: { text: { text: name } } },
      {
        ...between({}, index),
        data: { type: 'tm.Flow', name },
        labels: [name],
        source: { cell: `n${index}` },
        target: { cell: 'n0' },
      },
      { ...box(`b${index}`, name, 300, index * 100, 50, 50) },
    ]),
  ),
  diagram(11, 'Floats', [at(0, { position: { x: 0.1 + 0.2, y: -1.5 } }), at(1, { position: { x: 1e3, y: 2 ** 63 } })]),
  { ...diagram(-1, 'Minus', [a]) },
  { ...diagram('2', 'Word', [a]) },
  { ...diagram(3, 'Twice', [a]) },
  { ...diagram(1.5, 'Between', [a]) },
  { cells: [a] },
  { id: 99 },
];

/** Members that are not what they are called elsewhere. */
const polluted = (text) =>
  text.replaceAll(
    '"shape":',
    '"__proto__":{"polluted":1,"shape":"actor"},"constructor":{"prototype":{"polluted":2}},"shape":',
  );

const deep = (levels) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

/** Texts that are opened and come back as they are. */
export const OPENED = {
  'text that is code': JSON.stringify(spoiled(DRAWING, ATTACK), null, 2),
  'text that misleads': JSON.stringify(spoiled(DRAWING, BIDI), null, 2),
  'keys of prototypes': polluted(JSON.stringify(DRAWING)),
  'all that is odd': JSON.stringify(model('Odd', DIAGRAMS), null, 1),
  'odd at the top': `{"version":"2.0","detail":{"diagrams":[{"id":0}],"contributors":${deep(40)}},"summary":{"title":"","owner":null},"__proto__":null}`,
};

/** Texts that are refused, and the heading that says so. */
export const REFUSED = {
  '': 'This is not valid JSON',
  '{': 'This is not valid JSON',
  NaN: 'This is not valid JSON',
  '{"a":1e}': 'This is not valid JSON',
  '{"summary":{"title":"\\ud800"}}': 'This is not valid JSON',
  '{"summary":{"title":"a","title":"b"}}': 'This is not valid JSON',
  [`{"summary":${deep(100_000)}}`]: 'This is not valid JSON',
  null: 'This is not a threat model',
  '[]': 'This is not a threat model',
  '{}': 'This is not a threat model',
  '{"summary":{"title":"a"},"detail":{"diagrams":{}}}': 'This is not a threat model',
  '{"summary":{"title":"a"},"detail":{"diagrams":[{"cells":[null]}]}}': 'This is not a threat model',
  '{"summary":{"title":"a"},"detail":{"diagrams":[{"cells":[{"data":7}]}]}}': 'This is not a threat model',
  '{"summary":{"title":"a"},"detail":{"diagrams":[{"cells":[{"data":{"threats":7}}]}]}}': 'This is not a threat model',
};
