import { describe, expect, test, vi } from 'vitest';
import { Viewport } from '../viewport.svelte.ts';
import { EdgePan, edgeSpeed } from './edge-pan.ts';

const seen = { left: 100, top: 50, width: 800, height: 600 };

describe('near the edge', () => {
  test('the view stands still in the middle', () => {
    expect(edgeSpeed(500, 350, seen)).toEqual({ x: 0, y: 0 });
  });

  test('it moves towards the edge, the faster the nearer', () => {
    const near = edgeSpeed(120, 350, seen).x;
    const nearer = edgeSpeed(105, 350, seen).x;
    expect(near).toBeLessThan(0);
    expect(nearer).toBeLessThan(near);
    expect(edgeSpeed(500, 645, seen).y).toBeGreaterThan(0);
  });

  test('it is no faster far outside', () => {
    expect(edgeSpeed(-5000, 9000, seen)).toEqual({ x: -14, y: 14 });
  });
});

test('what is dragged hears of the last movement at each frame until it is let go', () => {
  vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame'] });
  const view = Object.assign(new Viewport(), { width: 800, height: 600 });
  const heard: PointerEvent[] = [];
  const edge = new EdgePan(view, (event) => heard.push(event));
  const event = new PointerEvent('pointermove', { clientX: 0, clientY: 300 });
  edge.follow(event);
  vi.advanceTimersToNextFrame();
  vi.advanceTimersToNextFrame();
  expect(heard).toEqual([event, event]);
  expect(view.x).toBe(-28);
  edge.stop();
  vi.advanceTimersToNextFrame();
  expect(heard).toHaveLength(2);
  vi.useRealTimers();
});
