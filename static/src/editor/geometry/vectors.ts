/// The shared vectors of tests/vectors/geometry, for tests: inputs and what the server's renderer finds as well.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect } from 'vitest';
import { parse } from '../../model/json/parse.ts';
import { diagramView, type CellView, type DiagramView } from '../../model/views.ts';

const TOLERANCE = 1e-6;

/** The cases of a file. The files are ours and their form is what each test says. */
export function vectors<Case>(name: string): Case[] {
  const file = resolve(import.meta.dirname, `../../../../tests/vectors/geometry/${name}.json`);
  const cases: Case[] = JSON.parse(readFileSync(file, 'utf8'));
  return cases;
}

/** A diagram of cells as they stand in a file. */
export function diagramOf(cells: readonly unknown[]): DiagramView {
  return diagramView(parse(JSON.stringify({ id: 0, title: 'Test', cells })).root);
}

/** The cell of a test. */
export function cellOf(diagram: DiagramView, id: string): CellView {
  const cell = diagram.cell(id);
  if (cell === undefined) throw new Error(`no cell ${id}`);
  return cell;
}

function close(actual: unknown, expected: unknown): boolean {
  if (typeof actual === 'number' && typeof expected === 'number') {
    return Math.abs(actual - expected) <= TOLERANCE;
  }
  if (typeof actual !== 'object' || typeof expected !== 'object') return actual === expected;
  if (actual === null || expected === null) return actual === expected;
  const values = new Map(Object.entries(actual));
  const wanted = Object.entries(expected);
  return values.size === wanted.length && wanted.every(([key, value]) => close(values.get(key), value));
}

expect.extend({
  /** As toEqual, with all numbers to a millionth. */
  toBeCloseToAll(actual: unknown, expected: unknown) {
    return {
      pass: close(actual, expected),
      message: () => `${JSON.stringify(actual)} is not close to ${JSON.stringify(expected)}`,
    };
  },
});

declare module 'vitest' {
  interface Matchers {
    toBeCloseToAll(expected: unknown): void;
  }
}
