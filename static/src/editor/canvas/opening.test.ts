import { beforeEach, expect, test } from 'vitest';
import { History } from '../../model/history.ts';
import { Editor } from '../editor.svelte.ts';
import { documentOf, process } from './fixture.ts';
import { Opening } from './opening.ts';

const all = { x: 100, y: 50, width: 1936, height: 936 };
let editor: Editor;
let opening: Opening;

function resize(width: number, height: number, box: typeof all | null = all) {
  Object.assign(editor.view, { width, height });
  opening.settle(() => box);
}

beforeEach(() => {
  editor = new Editor(History.of(documentOf(process('a', 0, 0))), 0, { newId: () => 'new', now: () => 0 });
  opening = new Opening(editor);
});

test('a diagram opens whole, and stays so while the window changes', () => {
  resize(1000, 1000);
  expect(editor.view.zoom).toBeCloseTo(936 / 1936);
  resize(2000, 1000);
  expect(editor.view.zoom).toBe(1);
});

test('what one has moved to stays where it is; another diagram opens whole', () => {
  resize(1000, 1000);
  editor.view.panBy(10, 0);
  const { zoom } = editor.view;
  resize(2000, 1000);
  expect(editor.view.zoom).toBe(zoom);
  editor.show(1);
  resize(2000, 1000);
  expect(editor.view.zoom).toBe(1);
});

test('what one draws on stays where it is', () => {
  resize(1000, 1000);
  editor.do('Move', [{ type: 'moveCell', diagram: 0, cell: 'a', x: 5, y: 5 }]);
  resize(2000, 1000);
  expect(editor.view.zoom).toBeCloseTo(936 / 1936);
});

test('on a small screen it can be read, from its upper left', () => {
  resize(360, 500);
  expect(editor.view.zoom).toBe(0.6);
  expect(editor.view.x).toBeLessThan(100);
  expect(editor.view.x).toBeGreaterThan(0);
  expect(editor.view.visible.y).toBeLessThan(50);
});

test('an empty diagram opens at its true size', () => {
  editor.view.zoom = 0.3;
  resize(1000, 1000, null);
  expect(editor.view).toMatchObject({ zoom: 1, x: 0, y: 0 });
});
