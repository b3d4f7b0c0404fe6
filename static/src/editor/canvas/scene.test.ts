import { expect, test } from 'vitest';
import { apply } from '../../model/apply/apply.ts';
import { contains } from '../geometry/box.ts';
import { documentOf, flow, process } from './fixture.ts';
import { Scene } from './scene.ts';

const document = documentOf(
  process('a', 0, 0),
  process('b', 300, 0),
  process('c', 600, 0),
  flow('ab', { cell: 'a' }, { cell: 'b' }),
  flow('bc', { cell: 'b' }, { cell: 'c' }),
);

function drawnIn(scene: Scene, model = document) {
  const [diagram] = model.diagrams;
  return diagram ? scene.draw(diagram, diagram.cells) : [];
}

test('a move draws anew what moves and the flows at it, and nothing else', () => {
  const scene = new Scene();
  const before = drawnIn(scene);
  const after = drawnIn(scene, apply(document, { type: 'moveCell', diagram: 0, cell: 'a', x: 0, y: 50 }));
  const anew = after.filter((each, index) => each !== before[index]).map(({ key }) => key);
  expect(anew).toEqual(['a', 'ab']);
});

test('the box of a flow that is not drawn yet holds what will be drawn', () => {
  for (const { bounds, figure } of drawnIn(new Scene())) {
    expect(bounds && figure.bounds && contains(bounds, figure.bounds)).toBe(true);
  }
});

test('cells with the same id are both drawn', () => {
  const twice = documentOf(process('a', 0, 0), process('a', 200, 0));
  const keys = drawnIn(new Scene(), twice).map(({ key }) => key);
  expect(new Set(keys).size).toBe(2);
  expect(keys[0]).toBe('a');
});
