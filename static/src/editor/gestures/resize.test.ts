import { expect, test } from 'vitest';
import { turned } from '../geometry/point.ts';
import { handlePoint, resized, tidyAngle, type Handle } from './resizing.ts';
import { hand, on } from './testing.ts';

const BOX = { x: 100, y: 100, width: 100, height: 50 };
const pull = (handle: Handle, x: number, y: number, more = {}) => ({
  handle,
  by: { x, y },
  aspect: false,
  fromCentre: false,
  ...more,
});

test.each([
  ['se', { x: 100, y: 100, width: 130, height: 60 }],
  ['nw', { x: 130, y: 110, width: 70, height: 40 }],
  ['e', { x: 100, y: 100, width: 130, height: 50 }],
  ['n', { x: 100, y: 110, width: 100, height: 40 }],
] as const)('%s pulls its own sides', (handle, box) => {
  expect(resized(BOX, 0, pull(handle, 30, 10))).toEqual(box);
});

test('nothing becomes smaller than 20 × 20, and the opposite side stays', () => {
  expect(resized(BOX, 0, pull('nw', 500, 500))).toEqual({ x: 180, y: 130, width: 20, height: 20 });
});

test('proportions can be kept, and the middle', () => {
  expect(resized(BOX, 0, pull('se', 100, 0, { aspect: true }))).toEqual({ x: 100, y: 100, width: 200, height: 100 });
  expect(resized(BOX, 0, pull('se', 10, 5, { fromCentre: true }))).toEqual({ x: 90, y: 95, width: 120, height: 60 });
});

test('of a turned box the opposite corner stays where it is on the screen', () => {
  const corner = (box: typeof BOX, handle: Handle) => {
    const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    return turned(handlePoint(box, handle), middle, 30);
  };
  const after = resized(BOX, 30, pull('se', 40, 40));
  expect(corner(after, 'nw').x).toBeCloseTo(corner(BOX, 'nw').x);
  expect(corner(after, 'nw').y).toBeCloseTo(corner(BOX, 'nw').y);
  expect(corner(after, 'se').x).toBeCloseTo(corner(BOX, 'se').x + 40);
  expect(corner(after, 'se').y).toBeCloseTo(corner(BOX, 'se').y + 40);
});

test('a pull at a handle snaps to the grid and is one step', () => {
  const it = hand();
  it.drag(on('browser', 'handle', 'se'), [100, 200], [133, 247]);
  expect(it.cell('browser').size).toEqual({ width: 130, height: 150 });
  expect(it.cell('browser').position).toEqual({ x: 0, y: 100 });
  expect(it.steps()).toEqual(['Resize Browser']);
});

test('a side is drawn to the line of another, whose guide is shown', () => {
  const it = hand();
  it.hold(on('browser', 'handle', 's'), [50, 200], [50, 237]);
  expect(it.cell('browser').size).toEqual({ width: 100, height: 140 });
  expect(it.editor.traces.guides).toMatchObject([{ axis: 'y', at: 240 }]);
});

test('the turning handle turns by whole degrees, with shift by 15', () => {
  const it = hand();
  it.drag(on('browser', 'turn'), [50, 50], [150, 150]);
  expect(it.cell('browser').angle).toBe(90);
  it.drag(on('browser', 'turn'), [150, 150], [148, 160], { shiftKey: true });
  expect(it.cell('browser').angle).toBe(90);
  it.drag(on('browser', 'turn'), [150, 150], [50, 50]);
  expect(it.cell('browser').angle).toBe(0);
  expect(tidyAngle(-7, true)).toBe(0);
  expect(tidyAngle(-8, true)).toBe(345);
  expect(tidyAngle(359.6, false)).toBe(0);
});

test('what is locked is neither resized nor turned', () => {
  const it = hand();
  it.editor.do('Lock', [{ type: 'lockCell', diagram: 0, cell: 'browser', locked: true }]);
  it.drag(on('browser', 'handle', 'se'), [100, 200], [133, 247]);
  it.drag(on('browser', 'turn'), [50, 50], [150, 150]);
  expect(it.steps()).toEqual(['Lock']);
});
