import { expect, test } from 'vitest';
import { applyAll } from './apply/apply.ts';
import { copiesOf } from './copies.ts';
import { Document } from './document.ts';
import { newEdge, newNode } from './new-cell.ts';
import { newDiagram, newModel, newThreat } from './new-model.ts';

function drawn() {
  const box = { x: 0, y: 0, width: 100, height: 100 };
  const ends = { source: { cell: 'a' }, target: { cell: 'b' } };
  return applyAll(Document.parse(newModel('T')), [
    { type: 'addDiagram', diagram: newDiagram('STRIDE', 'D') },
    { type: 'addCell', diagram: 0, cell: newNode('process', 'a', 'A', box) },
    { type: 'addCell', diagram: 0, cell: newNode('actor', 'b', 'B', box) },
    { type: 'addCell', diagram: 0, cell: newEdge('flow', 'f', 'F', ends) },
    { type: 'addThreat', diagram: 0, cell: 'a', threat: newThreat('t', 'Theft', 'Spoofing', 'STRIDE') },
  ]);
}

function copied(ids: string[]) {
  const document = drawn();
  const cells = document.diagrams[0]?.cells.filter((cell) => ids.includes(cell.id)) ?? [];
  let count = 0;
  const copies = copiesOf(document.layout, 0, cells, () => `new-${(count += 1)}`);
  const diagram = applyAll(document, copies.operations).diagram(0);
  return (id: string) => diagram?.cell(copies.ids.get(id) ?? '');
}

test('a flow between copied elements joins the copies', () => {
  const copy = copied(['a', 'b', 'f']);
  expect(copy('f')?.source).toEqual({ cell: copy('a')?.id });
  expect(copy('f')?.target).toEqual({ cell: copy('b')?.id });
});

test('a flow to what is not copied goes there still', () => {
  const copy = copied(['a', 'f']);
  expect(copy('f')?.source).toEqual({ cell: copy('a')?.id });
  expect(copy('f')?.target).toEqual({ cell: 'b' });
});

test('threats come along with an id and a number of their own', () => {
  const [threat] = copied(['a'])('a')?.threats ?? [];
  expect(threat?.title).toBe('Theft');
  expect(threat?.id).not.toBe('t');
  expect(threat?.number).toBe(2);
});
