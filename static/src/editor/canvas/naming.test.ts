import { describe, expect, test } from 'vitest';
import { apply } from '../../model/apply/apply.ts';
import type { Document } from '../../model/document.ts';
import { boundary, diagramOf, documentOf, flow, process, threat } from './fixture.ts';
import { Names } from './names.ts';

function namesIn(...cells: object[]): string[] {
  const diagram = diagramOf(...cells);
  return diagram.cells.map(new Names().in(diagram));
}

describe('a name says', () => {
  test('what an element is, its open threats, and the boundaries it is in, the innermost first', () => {
    const threats = [threat(), threat({ status: 'open' }), threat(), threat({ status: 'Mitigated' })];
    const [, , name] = namesIn(
      boundary('Cloud', 0, 0, 900, 900),
      boundary('DMZ', 50, 50, 300, 300),
      process('API gateway', 100, 100, { threats }),
    );
    expect(name).toBe('Process API gateway, 3 open threats, in DMZ and Cloud');
  });

  test('what a flow joins, how, and what it crosses', () => {
    const cells = [boundary('DMZ', 0, 0, 300, 300), process('Buyer', 500, 100), process('Shop', 100, 100)];
    const order = flow('Order', { cell: 'Buyer' }, { cell: 'Shop' }, { isEncrypted: true });
    const query = flow('Query', { cell: 'Shop' }, { x: 10, y: 10 }, { isBidirectional: true, isPublicNetwork: true });
    const names = namesIn(...cells, order, query);
    expect(names[3]).toBe('Flow Order from Buyer to Shop, encrypted, crosses DMZ');
    expect(names[4]).toBe('Flow Query from Shop to a loose end, both ways, over a public network');
  });

  test('that it is out of scope, or locked', () => {
    const [name] = namesIn(process('Bank', 0, 0, { outOfScope: true, wyvern: { locked: true } }));
    expect(name).toBe('Process Bank, out of scope, locked');
  });

  test('that there is no name, and what an unknown shape is called in the file', () => {
    const unnamed = process('a', 0, 0, { name: '' });
    const odd = { ...process('Cache', 0, 0), shape: 'cylinder' };
    const names = namesIn(unnamed, odd, flow('f', { cell: 'a' }, { cell: 'gone' }));
    expect(names).toEqual([
      'Process without a name',
      'Unknown shape cylinder Cache',
      'Flow f from a process without a name to a loose end',
    ]);
  });

  test('a name of several lines on one', () => {
    expect(namesIn(process('a', 0, 0, { name: 'Web\n  shop ' }))).toEqual(['Process Web shop']);
  });
});

test('a name is right again when a boundary or an end has moved', () => {
  const before = documentOf(
    boundary('DMZ', 0, 0, 300, 300),
    process('Shop', 100, 100),
    flow('f', { cell: 'Shop' }, { x: 900, y: 0 }),
  );
  const names = new Names();
  const named = ({ diagrams }: Document) => diagrams.flatMap((diagram) => diagram.cells.map(names.in(diagram)));
  const moved = (cell: string) => apply(before, { type: 'moveCell', diagram: 0, cell, x: 700, y: 700 });
  const crossing = 'Flow f from Shop to a loose end, crosses DMZ';
  const clear = 'Flow f from Shop to a loose end';
  expect(named(before)).toEqual(['Trust boundary DMZ', 'Process Shop, in DMZ', crossing]);
  expect(named(moved('DMZ'))).toEqual(['Trust boundary DMZ', 'Process Shop', clear]);
  expect(named(before)).toEqual(['Trust boundary DMZ', 'Process Shop, in DMZ', crossing]);
  expect(named(moved('Shop'))).toEqual(['Trust boundary DMZ', 'Process Shop', clear]);
});
