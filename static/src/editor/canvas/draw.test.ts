import { expect, test } from 'vitest';
import type { Drawn } from './contents.ts';
import { catchUp, put } from './draw.ts';

const group = () => document.createElementNS('http://www.w3.org/2000/svg', 'g');
const rect = (attributes: Drawn['attributes']): Drawn => ({ tag: 'rect', attributes, lines: [] });
const GAP = '<tspan font-size="0"> </tspan>';
const text = (...words: string[]): Drawn => ({
  tag: 'text',
  attributes: {},
  lines: words.map((word, index) => ({ text: word, x: 0, y: index * 14 })),
});

test('what is drawn again is changed in place', () => {
  const drawing = group();
  put(drawing, [rect({ x: 1, rx: 4 }), text('Web', 'shop')]);
  const [box, name] = drawing.children;
  put(drawing, [rect({ x: 2, y: 3 }), text('Web', 'store')]);
  expect([...drawing.children]).toEqual([box, name]);
  expect(drawing.innerHTML).toBe(
    `<rect x="2" y="3"></rect><text><tspan x="0" y="0">Web</tspan>${GAP}<tspan x="0" y="14">store</tspan></text>`,
  );
});

test('what is another thing is made anew', () => {
  const drawing = group();
  put(drawing, [rect({}), text('Web')]);
  put(drawing, [text('Web', 'shop')]);
  expect(drawing.innerHTML).toBe(`<text><tspan x="0" y="0">Web</tspan>${GAP}<tspan x="0" y="14">shop</tspan></text>`);
});

test('names are text', () => {
  const drawing = group();
  put(drawing, [text('<img src=x onerror=alert(1)>')]);
  expect(drawing.querySelector('img')).toBe(null);
  expect(drawing.textContent).toBe('<img src=x onerror=alert(1)>');
});

test('while something is dragged, what is only hit stays; then it catches up', () => {
  const drawing = group();
  const at = (x: number) => [rect({ class: 'hit strip', x }), rect({ class: 'line', x })];
  const places = () => [...drawing.children].map((child) => child.getAttribute('x'));
  put(drawing, at(1));
  put(drawing, at(2), true);
  put(drawing, at(3), true);
  expect(places()).toEqual(['1', '3']);
  catchUp();
  expect(places()).toEqual(['3', '3']);
  put(drawing, at(4), true);
  put(drawing, at(5));
  catchUp();
  expect(places()).toEqual(['5', '5']);
});
