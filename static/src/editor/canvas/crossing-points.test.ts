import { expect, test } from 'vitest';
import { besideLabel, crossingPoints } from './crossing-points.ts';
import { smooth } from '../geometry/spline.ts';
import { boundary, diagramOf, flow } from './fixture.ts';
import { Scene } from './scene.ts';

function pointsOf(crossing: object, crossed: object) {
  const diagram = diagramOf(crossing, crossed);
  const [one, other] = new Scene().draw(diagram, diagram.cells);
  return one?.flow && other ? crossingPoints(one.flow.path, other) : [];
}

const straight = (from: object, to: object) => ({ ...flow('f', from, to), connector: 'normal' });

test('a flow into a box crosses its border once, one through it twice', () => {
  const box = boundary('DMZ', 100, 0, 100, 100);
  expect(pointsOf(straight({ x: 0, y: 50 }, { x: 150, y: 50 }), box)).toEqual([{ x: 100, y: 50 }]);
  expect(pointsOf(straight({ x: 0, y: 50 }, { x: 300, y: 50 }), box)).toEqual([
    { x: 100, y: 50 },
    { x: 200, y: 50 },
  ]);
  expect(pointsOf(straight({ x: 110, y: 50 }, { x: 150, y: 50 }), box)).toEqual([]);
});

test('a flow crosses a curve where they meet', () => {
  const curve = { ...straight({ x: 50, y: -100 }, { x: 50, y: 100 }), id: 'c', shape: 'trust-boundary-curve' };
  expect(pointsOf(straight({ x: 0, y: 0 }, { x: 100, y: 0 }), curve)).toEqual([{ x: 50, y: 0 }]);
  expect(pointsOf(straight({ x: 0, y: 200 }, { x: 100, y: 200 }), curve)).toEqual([]);
});

test('a mark on a label goes to where the flow comes out of it', () => {
  const path = smooth([
    { x: 0, y: 0 },
    { x: 100, y: 0 },
  ]);
  const label = { x: 30, y: -10, width: 40, height: 20 };
  const { x, y } = besideLabel({ x: 60, y: 0 }, path, label);
  expect(y).toBeCloseTo(0);
  expect(x).toBeGreaterThan(70);
  expect(x).toBeLessThan(73);
  expect(besideLabel({ x: 10, y: 0 }, path, label)).toEqual({ x: 10, y: 0 });
});
