import { expect, test } from 'vitest';
import { Document } from '../model/document.ts';
import { History } from '../model/history.ts';
import { Editor } from './editor.svelte.ts';

const TEXT = `{"version":"2.0","summary":{"title":"T"},"detail":{"diagrams":[{"id":3,"title":"D","cells":[
{"id":"a","shape":"process","zIndex":2,"position":{"x":1,"y":2.0}},{"id":"b","shape":"actor","position":{"x":0,"y":0}}]}]}}`;

let time = 0;
const editor = () => new Editor(History.of(Document.parse(TEXT)), 3, { newId: () => 'new', now: () => time });

const move = (x: number) => ({ type: 'moveCell', diagram: 3, cell: 'a', x, y: 2 }) as const;

test('cells are in the order in which they are drawn', () => {
  expect(editor().cells.map((cell) => cell.id)).toEqual(['b', 'a']);
});

test('a gesture is seen at once and is one step in the end', () => {
  const it = editor();
  const gesture = it.begin('Move a');
  gesture.update([move(5)]);
  expect(it.diagram.cell('a')?.position).toEqual({ x: 5, y: 2 });
  gesture.update([move(7)]);
  gesture.finish();
  expect(it.document.text()).toBe(TEXT.replace('"x":1', '"x":7'));
  it.undo();
  expect(it.document.text()).toBe(TEXT);
  it.redo();
  expect(it.diagram.cell('a')?.position?.x).toBe(7);
});

test('a gesture that is cancelled has not been', () => {
  const it = editor();
  const gesture = it.begin('Move a');
  gesture.update([move(5)]);
  gesture.cancel();
  expect(it.document.text()).toBe(TEXT);
  expect(it.history.undoable).toBeUndefined();
});

test('what is refused changes nothing and is said', () => {
  const it = editor();
  expect(it.do('Move', [move(5), { ...move(6), cell: 'gone' }])).toBe(false);
  expect(it.document.text()).toBe(TEXT);
  expect(it.said.text).toBe('The element is not in the diagram any more.');
});

test('steps with one key that follow each other closely are one', () => {
  const it = editor();
  for (const x of [2, 3, 4]) {
    time += 500;
    it.do('Nudge a', [move(x)], 'nudge');
  }
  time += 1500;
  it.do('Nudge a', [move(9)], 'nudge');
  expect(it.history.steps.map((step) => step.operations)).toEqual([[move(4)], [move(9)]]);
});

test('who is gone is not selected', () => {
  const it = editor();
  it.selection.only('a', 'b');
  it.do('Delete a', [{ type: 'removeCell', diagram: 3, cell: 'a' }]);
  expect([...it.selection.ids]).toEqual(['b']);
});
