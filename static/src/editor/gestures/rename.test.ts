import { expect, test } from 'vitest';
import { NOWHERE } from './hit.ts';
import { renaming } from './rename.ts';
import { hand } from './testing.ts';

function text(words: string) {
  const it = hand();
  it.editor.tool = 'text';
  it.click(NOWHERE, [500, 500]);
  const [added] = it.editor.selected;
  if (!added) throw new Error('a text is added');
  it.editor.do('Rename', renaming(0, added, words));
  return { it, before: added, after: it.cell(added.id) };
}

test('a text block grows about its middle with its words, as one step', () => {
  const { it, before, after } = text(`${'wide '.repeat(20)}\n${'\n'.repeat(9)}end`);
  expect(after.size?.width).toBeGreaterThan(400);
  expect(after.size?.height).toBeGreaterThan(140);
  const middle = ({ position, size }: typeof after) => (position?.x ?? 0) + (size?.width ?? 0) / 2;
  expect(middle(after)).toBe(middle(before));
  expect(it.steps()).toEqual(['Add text', 'Rename']);
});

test('it does not shrink, and others keep their size', () => {
  const { it, before, after } = text('a');
  expect(after.size).toEqual(before.size);
  expect(renaming(0, it.cell('api'), 'x'.repeat(90))).toHaveLength(1);
});
