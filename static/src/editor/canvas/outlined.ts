/// Which cells are outlined: what is selected, what is under the mouse, and where the keyboard is.
import type { Editor } from '../editor.svelte.ts';
import type { Placed } from './scene.ts';

export interface Outlined {
  readonly one: Placed;
  readonly selected: boolean;
  readonly hovered: boolean;
  readonly focused: boolean;
}

export function outlinedOf(editor: Editor, placed: readonly Placed[], focusVisible: boolean): Outlined[] {
  const { selection, busy } = editor;
  const hovered = busy ? null : editor.hovered;
  const focused = focusVisible ? editor.focus : null;
  if (hovered === null && focused === null && selection.size === 0) return [];
  const isOutlined = ({ cell: { id } }: Placed) => id === hovered || id === focused || selection.has(id);
  return placed.filter(isOutlined).map((one) => {
    const { id } = one.cell;
    return { one, selected: selection.has(id), hovered: id === hovered, focused: id === focused };
  });
}
