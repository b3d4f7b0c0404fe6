import { describe, expect, test } from 'vitest';
import { viewOf } from './view.ts';

function threat(fields: object) {
  return { title: 'A threat', status: 'Open', severity: 'High', type: 'Tampering', ...fields };
}

function modelWith(...cells: unknown[]) {
  return {
    summary: { title: 'Shop', owner: 'Ada', description: 'Sells things' },
    detail: {
      reviewer: 'Grace',
      contributors: [{ name: 'Edsger' }, { name: '' }, null, { name: 'Barbara' }],
      diagrams: [{ title: 'Checkout', diagramType: 'STRIDE', description: 'Paying', cells }],
    },
  };
}

const BROWSER = { id: 'a', shape: 'actor', data: { name: 'Browser', threats: [threat({ number: 3 })] } };
const SHOP = {
  id: 'p',
  shape: 'process',
  data: {
    name: 'Shop',
    threats: [
      threat({ number: 2, status: 'mitigated', severity: 'Low' }),
      threat({ title: 'Unnumbered' }),
      threat({ number: 1, severity: 'critical', type: 'Spoofing', description: 'How', mitigation: 'Not' }),
    ],
  },
};
const FLOW = { id: 'f', shape: 'flow', source: { cell: 'a' }, target: { cell: 'p' }, data: { name: 'Order' } };

test('the page shows who the model belongs to', () => {
  expect(viewOf(modelWith())).toMatchObject({
    title: 'Shop',
    owner: 'Ada',
    reviewer: 'Grace',
    contributors: ['Edsger', 'Barbara'],
    description: 'Sells things',
    diagrams: [{ title: 'Checkout', type: 'STRIDE', description: 'Paying', elements: [], threats: [] }],
    threats: { total: 0, open: 0, openBySeverity: [] },
  });
});

test.each([
  [0, 0],
  [7, 7],
  ['7', null],
  [-1, null],
  [1.5, null],
  [undefined, null],
])('the id %j of a diagram is %j in an address', (id, named) => {
  expect(viewOf({ detail: { diagrams: [{ id }] } }).diagrams[0]?.id).toBe(named);
});

describe('threats', () => {
  const [diagram] = viewOf(modelWith(SHOP, BROWSER)).diagrams;

  test('are listed by number, those without one last', () => {
    expect(diagram?.threats.map(({ number, title }) => number ?? title)).toEqual([1, 2, 3, 'Unnumbered']);
  });

  test('say what they are and where', () => {
    expect(diagram?.threats[0]).toEqual({
      number: 1,
      title: 'A threat',
      type: 'Spoofing',
      element: 'Shop',
      status: 'Open',
      open: true,
      severity: 'Critical',
      description: 'How',
      mitigation: 'Not',
    });
  });

  test('are counted: all, open, and open by severity from the gravest', () => {
    expect(diagram?.counts).toEqual({
      total: 4,
      open: 3,
      openBySeverity: [
        { severity: 'Critical', count: 1 },
        { severity: 'High', count: 2 },
      ],
    });
  });

  test('of all diagrams are counted together', () => {
    const model = modelWith(SHOP);
    model.detail.diagrams.push({ title: '', diagramType: '', description: '', cells: [BROWSER] });
    expect(viewOf(model).threats).toMatchObject({ total: 4, open: 3 });
  });

  test.each([
    ['open', 'Open', true],
    ['MITIGATED', 'Mitigated', false],
    ['NotApplicable', 'Not applicable', false],
    ['N/A', 'Not applicable', false],
    ['Geprüft', 'Geprüft', false],
    ['', '', false],
  ])('status %s is shown as %s', (status, shown, open) => {
    const cell = { data: { threats: [threat({ status })] } };
    expect(viewOf(modelWith(cell)).diagrams[0]?.threats[0]).toMatchObject({ status: shown, open });
  });

  test.each([
    ['HIGH', 'High'],
    ['', 'TBD'],
    ['TBA', 'TBD'],
    ['Urgent', 'Urgent'],
  ])('severity %s is shown as %s', (severity, shown) => {
    const cell = { data: { threats: [threat({ severity })] } };
    const view = viewOf(modelWith(cell));
    expect(view.diagrams[0]?.threats[0]?.severity).toBe(shown);
    expect(view.threats.openBySeverity).toEqual([{ severity: shown, count: 1 }]);
  });
});

describe('elements', () => {
  test('are sorted by kind, whatever their order in the file', () => {
    const shapes = [
      'td-text-block',
      'cloud',
      'trust-broundary-curve',
      'trust-boundary-box',
      'flow',
      'store',
      'process',
      'actor',
    ];
    const view = viewOf(modelWith(...shapes.map((shape) => ({ shape })), {}));
    expect(view.diagrams[0]?.elements.map((element) => element.kind)).toEqual([
      'Actor',
      'Process',
      'Data store',
      'Data flow',
      'Trust boundary',
      'Trust boundary',
      'Text',
      'cloud',
      'Unknown',
    ]);
  });

  test('have the name that is drawn', () => {
    const view = viewOf(
      modelWith(
        { data: { name: 'In data' }, attrs: { text: { text: 'elsewhere' } } },
        { attrs: { text: { text: 'In text' } } },
        { attrs: { label: { text: 'In label' } } },
      ),
    );
    expect(view.diagrams[0]?.elements.map((element) => element.name)).toEqual(['In data', 'In text', 'In label']);
  });

  test('say how many threats they have, and between what data flows', () => {
    const elements = viewOf(modelWith(FLOW, SHOP, BROWSER)).diagrams[0]?.elements;
    expect(elements?.map(({ name, threats, ends }) => [name, threats.total, threats.open, ends])).toEqual([
      ['Browser', 1, 1, null],
      ['Shop', 3, 2, null],
      ['Order', 0, 0, { from: 'Browser', to: 'Shop' }],
    ]);
  });

  test('say that they are out of scope, and why', () => {
    const cell = { shape: 'store', data: { outOfScope: true, reasonOutOfScope: 'Another team has it' } };
    expect(viewOf(modelWith(cell)).diagrams[0]?.elements[0]).toMatchObject({
      outOfScope: true,
      reasonOutOfScope: 'Another team has it',
    });
  });
});

test.each([
  null,
  7,
  'text',
  [],
  {},
  { summary: null, detail: [] },
  { summary: { title: {} }, detail: { diagrams: 'none', contributors: 7, reviewer: [] } },
])('what is no model comes out empty: %j', (json) => {
  expect(viewOf(json)).toEqual({
    title: '',
    owner: '',
    reviewer: '',
    contributors: [],
    description: '',
    diagrams: [],
    threats: { total: 0, open: 0, openBySeverity: [] },
  });
});

test('values of wrong types inside a model are passed over', () => {
  const hostile = {
    id: {},
    shape: 7,
    data: { name: ['x'], threats: [null, 7, 'x', threat({ number: '1', title: {} })] },
  };
  const [diagram] = viewOf(modelWith(null, 'x', [[]], hostile)).diagrams;
  expect(diagram?.elements).toHaveLength(4);
  expect(diagram?.threats.map((each) => [each.number, each.title])).toEqual([
    [null, ''],
    [null, ''],
    [null, ''],
    [null, ''],
  ]);
});
