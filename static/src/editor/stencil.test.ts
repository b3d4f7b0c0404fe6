import { flushSync, mount, unmount } from 'svelte';
import { expect, test } from 'vitest';
import ToolHint from './canvas/ToolHint.svelte';
import { hand } from './gestures/testing.ts';
import Overlay from './gestures/Overlay.svelte';
import Stencil from './Stencil.svelte';

test('the list of shapes begins with the tools that draw nothing, and has each shape once', async () => {
  const { editor } = hand();
  const shown = mount(Stencil, { target: document.body, props: { editor } });
  const buttons = [...document.querySelectorAll('button')];
  const names = buttons.map((button) => button.querySelector('.name')?.textContent);
  expect(names.slice(0, 3)).toEqual(['Select', 'Hand', 'Process']);
  expect(new Set(names).size).toBe(names.length);
  buttons[1]?.click();
  flushSync();
  expect(editor.tool).toBe('hand');
  expect(buttons[1]?.getAttribute('aria-pressed')).toBe('true');
  await unmount(shown);
});

test('a tool says what to do with it, and shows what it would draw', async () => {
  const { editor } = hand();
  const hint = mount(ToolHint, { target: document.body, props: { editor } });
  const overlay = mount(Overlay, { target: document.body, props: { editor } });
  editor.traces.rests = { x: 500, y: 500 };
  flushSync();
  expect(document.body.textContent).not.toContain('Esc');
  expect(document.querySelector('ellipse')).toBeNull();
  editor.tool = 'process';
  flushSync();
  expect(document.body.textContent).toContain('Click where the process goes');
  expect(document.querySelector('ellipse')?.getAttribute('cx')).toBe('500');
  await unmount(hint);
  await unmount(overlay);
});

test('no arrow for another element lies on a flow', async () => {
  const { editor } = hand();
  editor.selection.only('browser');
  const overlay = mount(Overlay, { target: document.body, props: { editor } });
  flushSync();
  const sides = [...document.querySelectorAll('[data-part=arrow]')].map((arrow) => arrow.getAttribute('data-at'));
  expect(sides).toEqual(['top', 'bottom', 'left']);
  await unmount(overlay);
});
