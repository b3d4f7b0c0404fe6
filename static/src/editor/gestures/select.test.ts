import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hitOf, NOWHERE } from './hit.ts';
import { hand, on, pressAt } from './testing.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const selected = ({ editor }: ReturnType<typeof hand>) => [...editor.selection.ids];

test('a click selects one, with shift or ctrl more, and once more not', () => {
  const it = hand();
  it.click(on('api'), [350, 150]);
  expect(selected(it)).toEqual(['api']);
  it.click(on('flow'), [200, 150], { shiftKey: true });
  it.click(on('flow', 'label'), [200, 150], { ctrlKey: true });
  expect(selected(it)).toEqual(['api']);
  it.click(on('store'), [650, 150]);
  expect(selected(it)).toEqual(['store']);
  it.click(NOWHERE, [900, 700]);
  expect(selected(it)).toEqual([]);
});

test('of several a click leaves one, a drag keeps them all', () => {
  const it = hand();
  it.editor.selection.only('api', 'store');
  it.drag(on('api'), [350, 150], [350, 350]);
  expect(selected(it)).toEqual(['api', 'store']);
  it.click(on('api'), [350, 350]);
  expect(selected(it)).toEqual(['api']);
});

test('the rubber band selects what it touches, but not the boundary that it is drawn in', () => {
  const it = hand();
  it.drag(NOWHERE, [290, 70], [420, 130]);
  expect(selected(it).toSorted()).toEqual(['api']);
  it.drag(NOWHERE, [150, 90], [320, 160]);
  expect(selected(it).toSorted()).toEqual(['api', 'dmz', 'flow']);
});

test('from right to left, or with Alt, only what it holds', () => {
  const it = hand();
  it.drag(NOWHERE, [450, 250], [-10, 90]);
  expect(selected(it).toSorted()).toEqual(['api', 'browser', 'flow']);
  it.drag(NOWHERE, [-10, 90], [450, 250], { altKey: true });
  expect(selected(it).toSorted()).toEqual(['api', 'browser', 'flow']);
});

test('a finger on the empty canvas moves the view and selects nothing', () => {
  const it = hand();
  it.editor.selection.only('api');
  it.drag(NOWHERE, [290, 70], [420, 130], { pointerType: 'touch' });
  expect(it.editor.view).toMatchObject({ x: -130, y: -60 });
  expect(selected(it)).toEqual(['api']);
  expect(it.editor.traces.band).toBeNull();
  it.click(NOWHERE, [420, 700], { pointerType: 'touch' });
  expect(selected(it)).toEqual([]);
});

test('with shift the band adds, and Escape takes it all back', () => {
  const it = hand();
  it.editor.selection.only('browser');
  it.hold(NOWHERE, [590, 90], [720, 250], { shiftKey: true });
  expect(selected(it)).toContain('store');
  expect(it.pointer.key({ key: 'Escape' })).toBe(true);
  expect(selected(it)).toEqual(['browser']);
  expect(it.editor.traces.band).toBeNull();
  expect(it.editor.busy).toBe(false);
  expect(it.pointer.key({ key: 'Escape' })).toBe(false);
});

test('a double click on the border of a boundary selects what lies in it', () => {
  const it = hand();
  it.pointer.double({ clientX: 280, clientY: 100 }, on('dmz'));
  expect(selected(it).toSorted()).toEqual(['api', 'store']);
});

test('a double click opens the name, on the empty canvas the palette', () => {
  const it = hand();
  it.pointer.double({ clientX: 350, clientY: 150 }, on('api'));
  expect(it.editor.naming).toBe('api');
  it.pointer.double({ clientX: 900, clientY: 700 }, NOWHERE);
  expect(it.editor.panel).toMatchObject({ name: 'add', at: { x: 900, y: 700 } });
});

test('a badge leads to the threats', () => {
  const it = hand();
  it.click(on('api', 'badge'), [390, 110]);
  expect(selected(it)).toEqual(['api']);
  expect(it.editor.pane).toMatchObject({ name: 'threats', count: 1 });
});

test('a finger that rests asks for the menu, one that moves does not', () => {
  const it = hand();
  const touch = { pointerType: 'touch' };
  it.pointer.down(pressAt([350, 150], touch), on('api'));
  vi.runAllTimers();
  expect(it.editor.panel).toEqual({ name: 'menu', at: { x: 350, y: 150 }, aside: 24 });
  it.pointer.up(pressAt([350, 150], touch));
  it.editor.panel = null;
  it.pointer.down(pressAt([350, 150], touch), on('api'));
  it.pointer.up(pressAt([350, 150], touch));
  it.hold(on('api'), [350, 150], [350, 190], touch);
  vi.runAllTimers();
  expect(it.editor.panel).toBeNull();
});

test('the finger that has asked for the menu asks once, and its release presses nothing', () => {
  const it = hand();
  const asked = { clientX: 350, clientY: 150, target: document.body, preventDefault: () => {} };
  const pressed = vi.fn();
  document.body.addEventListener('click', pressed, { once: true });
  const click = (detail: number) => document.body.dispatchEvent(new MouseEvent('click', { detail, bubbles: true }));
  it.pointer.down(pressAt([350, 150], { pointerType: 'touch' }), on('api'));
  it.pointer.menu(asked);
  expect(it.editor.panel).toMatchObject({ name: 'menu', aside: 24 });
  const { panel } = it.editor;
  vi.runAllTimers();
  it.pointer.menu(asked);
  expect(it.editor.panel).toBe(panel);
  it.pointer.up(pressAt([350, 150], { pointerType: 'touch' }));
  click(1);
  expect(pressed).not.toHaveBeenCalled();
  click(1);
  expect(pressed).toHaveBeenCalledOnce();
});

test('another finger does not end a drag, pressed on the canvas it calls it off', () => {
  const it = hand();
  const [touch, second] = [{ pointerType: 'touch' }, { pointerType: 'touch', pointerId: 2 }];
  it.hold(on('api'), [350, 150], [350, 300], touch);
  it.pointer.up(pressAt([0, 0], second));
  expect(it.pointer.dragging).toBe(true);
  it.pointer.down(pressAt([500, 500], second), NOWHERE);
  expect(it.pointer.dragging).toBe(false);
  expect(it.cell('api').position?.y).toBe(100);
});

test("two taps are a double click, and the browser's own is not another", () => {
  const it = hand();
  const touch = { pointerType: 'touch' };
  it.editor.world.now = () => 0;
  it.click(on('api'), [350, 150], touch);
  expect(it.editor.naming).toBeNull();
  it.click(on('api'), [355, 150], touch);
  expect(it.editor.naming).toBe('api');
  it.editor.naming = null;
  it.pointer.double({ clientX: 350, clientY: 150 }, on('api'));
  expect(it.editor.naming).toBeNull();
});

test('the parts of a drawing say what they are', () => {
  document.body.innerHTML =
    '<svg><g data-cell="__proto__" data-part="vertex" data-at="2"><circle/></g><g data-cell="x" data-part="?"><rect data-part="label"/><path/></g></svg>';
  const [circle, odd] = [document.querySelector('circle'), document.querySelector('path')];
  expect(hitOf(circle)).toEqual({ cell: '__proto__', part: 'vertex', at: '2' });
  expect(hitOf(odd)).toEqual({ cell: 'x', part: 'outline', at: '' });
  expect(hitOf(document.querySelector('rect'))).toEqual({ cell: 'x', part: 'label', at: '' });
  expect(hitOf(document.body)).toEqual(NOWHERE);
  document.body.innerHTML = '<svg data-part="badge"><g data-cell="flow"><path/><rect data-part="label"/></g></svg>';
  expect(hitOf(document.querySelector('rect'))).toEqual({ cell: 'flow', part: 'label', at: '' });
  expect(hitOf(document.querySelector('path'))).toEqual({ cell: 'flow', part: 'outline', at: '' });
});
