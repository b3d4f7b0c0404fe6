import { expect, test } from 'vitest';
import { applyAll } from './apply/apply.ts';
import { Document } from './document.ts';
import { NEW_SIZE, newEdge, newNode } from './new-cell.ts';
import { newDiagram, newModel, newThreat } from './new-model.ts';

const NODES = ['actor', 'process', 'store', 'text', 'boundary-box'] as const;
const EDGES = ['flow', 'boundary-curve'] as const;

function drawn() {
  const ends = { source: { x: 1, y: 2 }, target: { cell: 'process' }, vertices: [{ x: 3, y: 4 }] };
  return applyAll(Document.parse(newModel('Shop')), [
    { type: 'addDiagram', diagram: newDiagram('LINDDUN', 'Main') },
    ...NODES.map(
      (kind) =>
        ({ type: 'addCell', diagram: 0, cell: newNode(kind, kind, kind, { x: 5, y: 6, ...NEW_SIZE[kind] }) }) as const,
    ),
    ...EDGES.map((kind) => ({ type: 'addCell', diagram: 0, cell: newEdge(kind, kind, kind, ends) }) as const),
  ]);
}

test('what is new reads back as what it was meant to be', () => {
  const cells = drawn().diagram(0)?.cells ?? [];
  expect(cells.map((cell) => cell.kind)).toEqual([...NODES, ...EDGES]);
  for (const cell of cells) {
    expect(cell.name).toBe(cell.kind);
    expect(cell.label.text).toBe(cell.kind);
    expect(cell.words('type')).toMatch(/^tm\./);
  }
  expect(cells.map((cell) => cell.zIndex)).toEqual([0, 0, 0, 0, -1, 10, -1]);
  expect(cells.slice(5).map((cell) => cell.target)).toEqual([{ cell: 'process' }, { cell: 'process' }]);
  expect(cells.slice(5).map((cell) => cell.route)).toEqual(['smooth', 'smooth']);
});

test('renaming what is new changes its name and its label, nowhere else', () => {
  for (const kind of [...NODES, ...EDGES]) {
    const before = drawn();
    const after = applyAll(before, [{ type: 'nameCell', diagram: 0, cell: kind, name: 'Other' }]);
    const lines = after.text().split('\n');
    expect(lines.filter((line, index) => line !== before.text().split('\n')[index])).toHaveLength(2);
    expect(lines.length).toBe(before.text().split('\n').length);
  }
});

test('only what can be threatened has threats, and only boundaries say that they are some', () => {
  const text = drawn().text();
  expect(text.match(/"threats": \[\]/g)).toHaveLength(4);
  expect(text.match(/"isTrustBoundary": true/g)).toHaveLength(2);
});

test('no style is stored but that a curve has no arrow', () => {
  const text = drawn().text();
  expect(text).not.toContain('stroke');
  expect(text.match(/Marker/g)).toHaveLength(2);
});

test('a diagram gets its number, a threat too', () => {
  const document = applyAll(drawn(), [
    { type: 'addThreat', diagram: 0, cell: 'store', threat: newThreat('t', 'Leak', 'Linkability', 'LINDDUN') },
  ]);
  expect(document.diagram(0)?.type).toBe('LINDDUN');
  expect(document.text()).toContain('thumbnail.linddun.jpg');
  const [threat] = document.diagram(0)?.cell('store')?.threats ?? [];
  expect(threat).toMatchObject({ number: 1, status: 'Open', severity: 'TBD', title: 'Leak', type: 'Linkability' });
});
