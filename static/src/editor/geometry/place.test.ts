import { describe, expect, test } from 'vitest';
import { boundariesAround, contents, crossings } from './place.ts';
import { cellOf, diagramOf, vectors } from './vectors.ts';

interface Case {
  name: string;
  cells: unknown[];
  of: string;
  around: string[];
  contents: string[];
  crossings: string[];
}

describe('what lies in what', () => {
  test.each(vectors<Case>('places'))('$name', (one) => {
    const diagram = diagramOf(one.cells);
    const cell = cellOf(diagram, one.of);
    const ids = (cells: { id: string }[]) => cells.map(({ id }) => id);
    expect(ids(boundariesAround(cell, diagram))).toEqual(one.around);
    expect(ids(contents(cell, diagram))).toEqual(one.contents);
    expect(ids(crossings(cell, diagram))).toEqual(one.crossings);
  });
});
