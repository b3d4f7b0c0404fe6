import { expect, test } from 'vitest';
import { isMenu, sectionsOf, split, TOOLBAR } from './toolbar.ts';

const ids = (groups: readonly (readonly { id: string }[])[]) =>
  groups.map((group) => group.map(({ id }) => id).join(' '));

test('what has no room comes into the menu, in order, and nothing is lost', () => {
  const all = TOOLBAR.flat();
  for (let room = 0; room <= all.length; room += 1) {
    const { shown, rest } = split(TOOLBAR, room);
    expect([...shown.flat(), ...rest.flat()]).toEqual(all);
    expect(shown.flat()).toHaveLength(room);
    expect([...shown, ...rest].every((group) => group.length > 0)).toBe(true);
  }
});

test('a group can be parted', () => {
  const { shown, rest } = split(TOOLBAR, 4);
  expect([ids(shown), ids(rest)[0]]).toEqual([['undo redo', 'cut copy'], 'paste duplicate delete']);
});

test('menus stand in the menu with all that is in them', () => {
  const inner = TOOLBAR.flat().flatMap((item) => (isMenu(item) ? item.sections.flat() : [item]));
  const found = sectionsOf(TOOLBAR).flat();
  expect(new Set(found)).toEqual(new Set(inner));
  expect(found).toHaveLength(inner.length);
});

test('every button has a picture', () => {
  for (const item of TOOLBAR.flat()) expect(item.icon, item.id).toBeDefined();
});
