import { describe, expect, test } from 'vitest';
import { boundary, diagramOf, flow, process } from './fixture.ts';
import { contentsOf, groupTransform } from './contents.ts';
import { Scene, type Placed } from './scene.ts';

function placed(...cells: object[]): readonly Placed[] {
  const diagram = diagramOf(...cells);
  return new Scene().draw(diagram, diagram.cells);
}

function hits(one: Placed | undefined): string[] {
  const found = one ? contentsOf(one, false) : [];
  return found.flatMap(({ attributes }) =>
    'data-part' in attributes ? `${attributes['class']} ${attributes['data-part']}` : [],
  );
}

describe('what is hit', () => {
  test('is all of an element', () => {
    expect(hits(placed(process('a', 0, 0))[0])).toEqual(['hit outline']);
  });

  test('is the border and the name of a boundary', () => {
    expect(hits(placed(boundary('DMZ', 0, 0, 300, 300))[0])).toEqual(['hit strip outline', 'hit label']);
  });

  test('is a strip along a flow, and its label', () => {
    expect(hits(placed(flow('f', { x: 0, y: 0 }, { x: 90, y: 0 }))[0])).toEqual([
      'hit strip outline',
      'label-ground label',
    ]);
  });
});

test('an element is drawn where it is, a turned one in a group that is turned', () => {
  const [upright, turned] = placed(process('a', 40, 30), { ...process('b', 40, 30), angle: 45 });
  expect(upright && contentsOf(upright, false)[0]?.attributes).toMatchObject({ x: 40, y: 30 });
  expect(upright && groupTransform(upright.figure)).toBe(undefined);
  expect(turned && contentsOf(turned, false)[0]?.attributes).toMatchObject({ x: 0, y: 0 });
  expect(turned && groupTransform(turned.figure)).toMatch(/^translate\(40 30\) rotate\(45 /);
});

test('words are left out from afar, and lines go on to what they join', () => {
  const [one] = placed(flow('f', { x: 0, y: 0 }, { x: 90, y: 0 }));
  const classes = (far: boolean) => one && contentsOf(one, far).map(({ attributes }) => attributes['class']);
  expect(classes(false)).toEqual(['hit strip', 'line', 'marker', 'label-ground', 'label']);
  expect(classes(true)).toEqual(['hit strip', 'line', 'marker']);
  const line = one && contentsOf(one, true).find(({ attributes }) => attributes['class'] === 'line');
  expect(line?.attributes['d']).toBe(one?.flow?.path.d);
});
