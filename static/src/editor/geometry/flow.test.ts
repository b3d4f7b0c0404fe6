import { describe, expect, test } from 'vitest';
import { diagramView } from '../../model/views.ts';
import { parse } from '../../model/json/parse.ts';
import { flowPath } from './flow.ts';
import type { Segment } from './path.ts';
import type { Point } from './point.ts';
import { cellOf, diagramOf, vectors } from './vectors.ts';

interface Case {
  name: string;
  cells: unknown[];
  flow: string;
  start: Point;
  end: Point;
  loose: { start: boolean; end: boolean };
  segments: Segment[];
}

describe('where a flow runs', () => {
  test.each(vectors<Case>('flows'))('$name', (one) => {
    const diagram = diagramOf(one.cells);
    const { path, start, end, loose } = flowPath(cellOf(diagram, one.flow), diagram);
    expect({ start, end, loose }).toBeCloseToAll({
      start: one.start,
      end: one.end,
      loose: one.loose,
    });
    expect(path.segments).toBeCloseToAll(one.segments);
  });

  const actor = { id: 'a', shape: 'actor', position: { x: 0, y: 0 }, size: { width: 150, height: 80 } };
  const flow = { id: 'f', shape: 'flow', source: { cell: 'a' }, target: { x: 400, y: 40 } };

  test('is the same path as long as neither it nor its ends change', () => {
    const before = diagramOf([actor, flow]);
    const path = flowPath(cellOf(before, 'f'), before);
    expect(flowPath(cellOf(before, 'f'), before)).toBe(path);
    const node = cellOf(before, 'f').node.raw;
    const moved = diagramView(
      parse(`{"cells":[${JSON.stringify({ ...actor, position: { x: 9, y: 0 } })},${node}]}`).root,
    );
    expect(flowPath(cellOf(moved, 'f'), moved).start).toEqual({ x: 159, y: 40 });
  });

  test('of flows that end at each other is drawn all the same', () => {
    const diagram = diagramOf([
      { id: 'f', shape: 'flow', source: { x: 0, y: 0 }, target: { cell: 'g' } },
      { id: 'g', shape: 'flow', source: { x: 0, y: 90 }, target: { cell: 'f' } },
      { id: 'h', shape: 'flow', source: { cell: 'h' }, target: { cell: 'h' } },
    ]);
    expect(flowPath(cellOf(diagram, 'f'), diagram).end).toEqual({ x: 60, y: 90 });
    expect(flowPath(cellOf(diagram, 'h'), diagram).path.length).toBeGreaterThan(0);
  });
});
