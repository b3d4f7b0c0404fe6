import { expect, test } from 'vitest';
import { crossingPoints } from './crossing-points.ts';
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
