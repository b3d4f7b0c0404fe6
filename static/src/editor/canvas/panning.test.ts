import { beforeEach, describe, expect, test } from 'vitest';
import { History } from '../../model/history.ts';
import { Editor } from '../editor.svelte.ts';
import { documentOf } from './fixture.ts';
import { Panning, type Turn } from './panning.svelte.ts';

let editor: Editor;
let panning: Panning;

beforeEach(() => {
  editor = new Editor(History.of(documentOf()), 0, { newId: () => 'new', now: () => 0 });
  Object.assign(editor.view, { width: 800, height: 600, zoom: 2, x: 0, y: 0 });
  panning = new Panning(editor);
});

function at(clientX: number, clientY: number, more: PointerEventInit = {}): PointerEvent {
  return new PointerEvent('pointermove', { clientX, clientY, pointerId: 1, pointerType: 'mouse', ...more });
}

const finger = (pointerId: number, x: number, y: number) => at(x, y, { pointerId, pointerType: 'touch' });
const keys = { ctrlKey: false, metaKey: false, shiftKey: false };
const wheel = (turn: Partial<Turn>) =>
  panning.wheel({ deltaX: 0, deltaY: 0, deltaMode: 0, clientX: 0, clientY: 0, ...keys, ...turn });
const corner = () => ({ x: editor.view.x, y: editor.view.y });

describe('a pointer', () => {
  test('that only moves or presses belongs to the tools', () => {
    expect(panning.move(at(10, 10))).toBe(false);
    expect(panning.down(at(10, 10))).toBe(false);
    expect(panning.up(at(10, 10))).toBe(false);
  });

  test('pans with the middle button: what is under it stays under it', () => {
    expect(panning.down(at(100, 100, { button: 1 }))).toBe(true);
    expect(panning.cursor).toBe('grabbing');
    panning.move(at(140, 80));
    expect(corner()).toEqual({ x: -20, y: 10 });
    expect(panning.up(at(140, 80))).toBe(true);
    expect(panning.move(at(0, 0))).toBe(false);
  });

  test('pans with the hand', () => {
    editor.tool = 'hand';
    expect(panning.cursor).toBe('grab');
    expect(panning.down(at(0, 0))).toBe(true);
  });

  test('pans while space is held, which then was no key of its own', () => {
    panning.spaceDown();
    expect(panning.down(at(0, 0))).toBe(true);
    panning.up(at(0, 0));
    expect(panning.spaceUp()).toBe(false);
    expect(panning.cursor).toBe(null);
  });
});

test('space that is tapped is a key of its own', () => {
  panning.spaceDown();
  expect(panning.spaceUp()).toBe(true);
});

test('space let go in another window is not held for ever', () => {
  panning.spaceDown();
  panning.forgetSpace();
  expect(panning.down(at(0, 0))).toBe(false);
});

describe('two fingers', () => {
  beforeEach(() => {
    expect(panning.down(finger(1, 100, 100))).toBe(false);
    expect(panning.down(finger(2, 200, 100))).toBe(true);
  });

  test('pan', () => {
    panning.move(finger(1, 120, 140));
    panning.move(finger(2, 220, 140));
    expect(editor.view.zoom).toBeCloseTo(2);
    expect(corner().x).toBeCloseTo(-10);
    expect(corner().y).toBeCloseTo(-20);
  });

  test('zoom: each stays on its point of the diagram', () => {
    panning.move(finger(2, 150, 100));
    expect(editor.view.zoom).toBeCloseTo(1);
    expect(editor.view.toDiagram(100, 100).x).toBeCloseTo(50);
    expect(editor.view.toDiagram(150, 100).x).toBeCloseTo(100);
  });

  test('are heard until the last one is lifted', () => {
    expect(panning.up(finger(2, 200, 100))).toBe(true);
    expect(panning.move(finger(1, 110, 100))).toBe(true);
    expect(panning.up(finger(1, 110, 100))).toBe(true);
    expect(panning.down(finger(3, 0, 0))).toBe(false);
  });
});

describe('the wheel', () => {
  test('pans, sideways with shift', () => {
    wheel({ deltaX: 10, deltaY: 20 });
    expect(corner()).toEqual({ x: 5, y: 10 });
    wheel({ deltaY: 20, shiftKey: true });
    expect(corner()).toEqual({ x: 15, y: 10 });
  });

  test('that counts in lines or pages goes as far as it says', () => {
    wheel({ deltaY: 1, deltaMode: 1 });
    expect(corner().y).toBe(8);
    wheel({ deltaY: 1, deltaMode: 2 });
    expect(corner().y).toBe(308);
  });

  test.each([{ ctrlKey: true }, { metaKey: true }])('zooms with %o, and the point under it stays', (key) => {
    const before = editor.view.toDiagram(300, 200);
    wheel({ deltaY: -100, clientX: 300, clientY: 200, ...key });
    expect(editor.view.zoom).toBeGreaterThan(2.3);
    expect(editor.view.toDiagram(300, 200).x).toBeCloseTo(before.x);
    expect(editor.view.toDiagram(300, 200).y).toBeCloseTo(before.y);
  });

  test('zooms at most to 400 % and at least to 10 %', () => {
    wheel({ deltaY: -9000, ctrlKey: true });
    expect(editor.view.zoom).toBe(4);
    wheel({ deltaY: 9000, ctrlKey: true });
    expect(editor.view.zoom).toBe(0.1);
  });
});
