import { expect, test } from 'vitest';
import { editorOf, flow, node } from '../commands/fixture.ts';
import { isEverything, pictured } from './choice.ts';

const shop = () =>
  editorOf([
    node('process', 'a', { x: 0, y: 0 }),
    node('store', 'b', { x: 300, y: 0 }),
    node('actor', 'c', { x: 600, y: 0 }),
    flow('ab', 'a', 'b'),
    flow('bc', 'b', 'c'),
  ]);

const ids = (...selected: string[]) => {
  const editor = shop();
  editor.selection.only(...selected);
  return pictured(editor, true)
    .map((cell) => cell.id)
    .toSorted();
};

test('flows come with both their ends, not with one', () => {
  expect(ids('a', 'b')).toEqual(['a', 'ab', 'b']);
  expect(ids('b')).toEqual(['b']);
  expect(ids('bc')).toEqual(['bc']);
});

test('all are pictured unless only the selection is asked for', () => {
  const editor = shop();
  editor.selection.only('a');
  expect(pictured(editor, false)).toHaveLength(5);
  expect(isEverything(editor)).toBe(false);
  editor.selection.only('a', 'b', 'c');
  expect(isEverything(editor)).toBe(true);
});
