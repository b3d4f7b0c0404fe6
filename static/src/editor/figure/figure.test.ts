import { describe, expect, test } from 'vitest';
import { apply } from '../../model/apply/apply.ts';
import { Document } from '../../model/document.ts';
import { set } from '../../model/json/edit.ts';
import { cellOf, diagramOf } from '../geometry/vectors.ts';
import { figureOf } from './figure.ts';
import { transformOf, type Figure, type Role, type ShapePart } from './parts.ts';

const at = (x: number, y: number, width = 100, height = 80) => ({
  position: { x, y },
  size: { width, height },
});
const OPEN = { id: 't', title: '', status: 'Open', severity: 'High' };
const INK = { token: 'ink' };
const ALARM = { token: 'alarm' };

/** The figure of a cell, beside two elements for it to end at. */
function drawn(cell: object): Figure {
  const ends = [
    { id: 'a', shape: 'actor', ...at(0, 0) },
    { id: 'b', shape: 'actor', ...at(300, 0) },
  ];
  const diagram = diagramOf([{ id: 'it', zIndex: 0, ...cell }, ...ends]);
  return figureOf(cellOf(diagram, 'it'), diagram);
}

function documentOf(cells: readonly object[]): Document {
  const diagrams = [{ id: 0, title: '', cells }];
  return Document.parse(JSON.stringify({ summary: { title: '' }, detail: { diagrams } }));
}

/** The figure of the only cell. */
function only(document: Document): Figure {
  const [diagram] = document.diagrams;
  const [cell] = diagram?.cells ?? [];
  if (diagram === undefined || cell === undefined) throw new Error('no cell');
  return figureOf(cell, diagram);
}

function shapes(figure: Figure, role: Role): ShapePart[] {
  return figure.parts.flatMap((part) => (part.tag !== 'text' && part.role === role ? part : []));
}

function words(figure: Figure): string[] {
  return figure.parts.flatMap((part) => (part.tag === 'text' ? part.lines.map((line) => line.text) : []));
}

const flow = { shape: 'flow', source: { cell: 'a' }, target: { cell: 'b' }, connector: 'smooth' };
const line = (more: object) => ({ ...flow, attrs: { line: more } });

describe('what is drawn of an element', () => {
  test('an actor: a rectangle with its name in the middle', () => {
    const figure = drawn({ shape: 'actor', ...at(10, 20), data: { name: 'Browser' } });
    expect(transformOf(figure)).toBe('translate(10 20)');
    expect(shapes(figure, 'outline')).toEqual([
      {
        tag: 'rect',
        role: 'outline',
        attributes: { x: 0, y: 0, width: 100, height: 80, 'stroke-width': 1.5 },
        fill: { token: 'surface' },
        stroke: INK,
      },
    ]);
    expect(figure.parts.at(-1)).toMatchObject({
      tag: 'text',
      lines: [{ text: 'Browser', x: 50, y: 44.2 }],
    });
    expect(figure.bounds).toEqual({ x: 10, y: 20, width: 100, height: 80 });
  });

  test('a process: an ellipse in its box', () => {
    const [shape] = shapes(drawn({ shape: 'process', ...at(0, 0, 120, 80) }), 'outline');
    expect(shape).toMatchObject({ tag: 'ellipse', attributes: { cx: 60, cy: 40, rx: 60, ry: 40 } });
  });

  test('a store: two lines, and nothing between that would hide a flow', () => {
    const found = shapes(drawn({ shape: 'store', ...at(0, 0, 150, 75) }), 'outline');
    expect(found).toMatchObject([
      { tag: 'line', attributes: { x1: 0, y1: 0, x2: 150, y2: 0 }, fill: 'none' },
      { tag: 'line', attributes: { x1: 0, y1: 75, x2: 150, y2: 75 }, fill: 'none' },
    ]);
  });

  test('a text: its lines only', () => {
    const figure = drawn({ shape: 'td-text-block', ...at(0, 0), attrs: { text: { text: 'One\ntwo' } } });
    expect(figure.parts).toHaveLength(1);
    expect(figure.parts[0]).toMatchObject({
      lines: [
        { text: 'One', y: 37.2 },
        { text: 'two', y: 51.2 },
      ],
    });
  });

  test('a text wider than its box: its own lines all the same', () => {
    const text = { text: 'A line that is wider than its box\ntwo' };
    const figure = drawn({ shape: 'td-text-block', ...at(0, 0), attrs: { text } });
    expect(words(figure)).toEqual(['A line that is wider than its box', 'two']);
    expect(figure.bounds?.width).toBeGreaterThan(100);
  });

  test('a boundary box: a dashed round box, its label at the upper left within', () => {
    const figure = drawn({
      shape: 'trust-boundary-box',
      ...at(0, 0, 400, 300),
      attrs: { label: { text: 'Internet' } },
    });
    expect(shapes(figure, 'outline')[0]).toMatchObject({
      attributes: { rx: 10, 'stroke-width': 3, 'stroke-dasharray': '10 5' },
      fill: 'none',
    });
    expect(figure.parts.at(-1)).toMatchObject({ attributes: { 'text-anchor': 'start' } });
    expect(figure.parts.at(-1)).toHaveProperty('lines.0.x', 60);
    expect(figure.parts.at(-1)).toHaveProperty('lines.0.y', expect.closeTo(23.2, 6));
    expect(figure.label).toMatchObject({ x: 60, y: 12, height: 14 });
  });

  test('an unknown one: a placeholder with the name of its shape', () => {
    const figure = drawn({ shape: 'agent', ...at(0, 0), data: { name: 'Bot' } });
    expect(words(figure)).toEqual(['Bot', '(agent)']);
    expect(shapes(figure, 'outline')[0]?.attributes['stroke-dasharray']).toBe('3 3');
    expect(words(drawn({ shape: 'agent', ...at(0, 0) }))).toEqual(['agent']);
    expect(drawn({ shape: 'agent' }).parts.length).toBeGreaterThan(0);
  });

  test('turned about its middle', () => {
    const figure = drawn({ shape: 'store', ...at(10, 20), angle: 90 });
    expect(transformOf(figure)).toBe('translate(10 20) rotate(90 50 40)');
    expect(figure.bounds).toBeCloseToAll({ x: 20, y: 10, width: 80, height: 100 });
  });

  test('the drawn text before the name, the name where none is stored', () => {
    const both = { attrs: { text: { text: 'Drawn' } }, data: { name: 'Named' } };
    expect(words(drawn({ shape: 'actor', ...at(0, 0), ...both }))).toEqual(['Drawn']);
    expect(words(drawn({ ...flow, labels: [''], data: { name: 'Named' } }))).toEqual(['Named']);
  });

  test('a name wider than its element is broken, and reaches out of it when it is higher', () => {
    const figure = drawn({ shape: 'actor', ...at(0, 0, 60, 20), data: { name: 'Payment authorisation' } });
    expect(words(figure)).toEqual(['Payment', 'authorisa', 'tion']);
    expect(figure.bounds?.y).toBe(-11);
  });

  test('the figure stays the same while nothing changes, its parts while it is only moved', () => {
    const cell = { id: 'n', shape: 'actor', ...at(0, 0), attrs: { body: { strokeWidth: 2 } }, data: { name: 'x' } };
    const before = documentOf([cell]);
    const figure = only(before);
    expect(only(before)).toBe(figure);
    const moved = only(apply(before, { type: 'moveCell', diagram: 0, cell: 'n', x: 9, y: 8 }));
    expect(moved).toMatchObject({ x: 9, y: 8 });
    expect(moved.parts).toBe(figure.parts);
  });

  const attrs = { body: { strokeWidth: 2 }, text: { text: 'x' } };
  const placed = { id: 'n', shape: 'actor', ...at(0, 0), attrs, data: { name: 'x' } };
  test.each([
    ['its width', ['size', 'width'], 50],
    ['its height', ['size', 'height'], 50],
    ['what is stored of its drawing', ['attrs', 'body', 'strokeWidth'], 4],
    ['its shape', ['shape'], 'store'],
    ['its drawn text', ['attrs', 'text', 'text'], 'y'],
  ])('is drawn anew when this changes: %s', (_, member, value) => {
    const before = documentOf([placed]);
    const { parts } = only(before);
    const path = ['detail', 'diagrams', 0, 'cells', 0, ...member];
    const after = before.with(set({ layout: before.layout, node: before.root, place: null }, path, value));
    expect(only(after).parts).not.toEqual(parts);
  });
});

describe('how lines are drawn', () => {
  const actor = (more: object) => shapes(drawn({ shape: 'actor', ...at(0, 0), ...more }), 'outline')[0];
  const body = (more: object) => ({ attrs: { body: more } });

  test('stored widths are kept; black and red are the ink of the theme', () => {
    expect(actor(body({ stroke: '#333333', strokeWidth: 1 }))).toMatchObject({
      stroke: INK,
      attributes: { 'stroke-width': 1 },
    });
    expect(actor(body({ stroke: 'red' }))?.stroke).toEqual(INK);
    expect(actor(body({ stroke: '#0a7' }))?.stroke).toEqual({ colour: '#0a7' });
  });

  test.each(['url(http://x.example/)', 'none', 'transparent', 'red;x', ''])(
    'a stroke that is no plain colour is ink: %s',
    (stroke) => expect(actor(body({ stroke }))?.stroke).toEqual(INK),
  );

  test('open threats are seen from the threats, whatever is stored', () => {
    const data = { threats: [OPEN], hasOpenThreats: false };
    expect(actor({ ...body({ stroke: '#333333', strokeWidth: 1 }), data })).toMatchObject({
      stroke: ALARM,
      attributes: { 'stroke-width': 2.5 },
    });
    const mitigated = { threats: [{ ...OPEN, status: 'Mitigated' }], hasOpenThreats: true };
    expect(actor({ ...body({ stroke: 'red' }), data: mitigated })?.stroke).toEqual(INK);
  });

  test('out of scope is dashed as stored, and only when it is out of scope', () => {
    const dash = (part?: ShapePart) => part?.attributes['stroke-dasharray'];
    const out = { data: { outOfScope: true } };
    expect(dash(actor(out))).toBe('4 3');
    expect(dash(actor({ ...body({ strokeDasharray: '2 2' }), ...out }))).toBe('2 2');
    expect(dash(actor({ ...body({ strokeDasharray: '0 0' }), ...out }))).toBe('4 3');
    expect(dash(actor(body({ strokeDasharray: '4 3' })))).toBeUndefined();
  });

  test.each([0, -1, 1e9])('a width that cannot be drawn is the usual one: %d', (strokeWidth) => {
    expect(actor(body({ strokeWidth }))?.attributes['stroke-width']).toBe(1.5);
  });
});

describe('what is drawn of a flow', () => {
  test('a line with a block arrow at its target, its tip on the outline', () => {
    const figure = drawn(flow);
    expect(shapes(figure, 'line')[0]?.attributes).toEqual({
      d: 'M 100 40 C 200 40 195 40 295 40',
      'stroke-width': 1.5,
    });
    const [head, ...more] = shapes(figure, 'marker');
    expect(head?.attributes['d']).toBe('M 300 40 L 288 34.5 L 288 45.5 Z');
    expect(more).toEqual([]);
  });

  test('a classic arrow is hollow', () => {
    const [head] = shapes(drawn(line({ targetMarker: { name: 'classic' } })), 'marker');
    expect(head?.attributes['d']).toBe('M 300 40 L 288 34.5 L 291 40 L 288 45.5 Z');
  });

  test.each([
    ['none where none is stored', line({ targetMarker: '' }), 0],
    ['none by an empty name', line({ targetMarker: { name: '' } }), 0],
    ['one where nothing is said', line({}), 1],
    ['one of another form is a block', line({ targetMarker: 'diamond' }), 1],
    ['two of a stored source marker', line({ sourceMarker: { name: 'block' } }), 2],
    ['two of a source marker that is text', line({ sourceMarker: 'classic' }), 2],
    ['two of a flow both ways', { ...flow, data: { isBidirectional: true } }, 2],
    ['one of an empty source marker', line({ sourceMarker: { name: '' } }), 1],
  ])('heads: %s', (_, cell, count) => {
    expect(shapes(drawn(cell), 'marker')).toHaveLength(count);
  });

  test('its label stands on the ground of the page, level, where it is stored', () => {
    const figure = drawn({
      ...flow,
      labels: [{ attrs: { labelText: { text: 'Web\nrequest' } }, position: { distance: 50 } }],
    });
    expect(words(figure)).toEqual(['Web', 'request']);
    const [ground] = shapes(figure, 'label-ground');
    expect(ground?.fill).toEqual({ token: 'surface' });
    expect(figure.label?.y).toBe(23);
    expect((figure.label?.x ?? 0) + (figure.label?.width ?? 0) / 2).toBeCloseTo(150, 3);
  });

  test('a boundary curve is dashed and has no arrow', () => {
    const figure = drawn({ ...flow, shape: 'trust-broundary-curve' });
    expect(shapes(figure, 'marker')).toEqual([]);
    expect(shapes(figure, 'line')[0]?.attributes).toMatchObject({
      'stroke-width': 3,
      'stroke-dasharray': '10 5',
    });
  });

  test('an unknown connection is a thin line with the name of its shape', () => {
    const figure = drawn({ ...flow, shape: 'mystery' });
    expect(shapes(figure, 'line')[0]).toMatchObject({
      stroke: { token: 'ink-soft' },
      attributes: { 'stroke-width': 1 },
    });
    expect(words(figure)).toEqual(['mystery']);
  });

  test('a loose end has a ring', () => {
    const figure = drawn({ ...flow, target: { cell: 'gone' } });
    expect(shapes(figure, 'loose-end')).toMatchObject([{ attributes: { cx: 220, cy: 40 } }]);
    expect(shapes(drawn(flow), 'loose-end')).toEqual([]);
  });

  test('open threats and out of scope', () => {
    const [path] = shapes(drawn({ ...flow, data: { outOfScope: true, threats: [OPEN] } }), 'line');
    expect(path).toMatchObject({
      stroke: ALARM,
      attributes: { 'stroke-width': 2.5, 'stroke-dasharray': '4 3' },
    });
  });

  test('all that is drawn is within its bounds', () => {
    const { bounds, label } = drawn({ ...flow, labels: ['A label that is wider than the way is'] });
    expect(bounds?.x).toBeLessThanOrEqual(label?.x ?? 0);
    expect((bounds?.y ?? 0) + (bounds?.height ?? 0)).toBeGreaterThanOrEqual(46);
  });
});
