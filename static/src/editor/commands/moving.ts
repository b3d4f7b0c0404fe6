/// Commands: nudging with the arrow keys. Nudges that follow each other closely are one step.
import { t } from '../../i18n/translate.svelte.ts';
import type { Editor } from '../editor.svelte.ts';
import { calledAll } from '../gestures/words.ts';
import { STEPS, type Direction } from '../navigate/directions.ts';
import type { Command } from './command.ts';
import { isFocusedSelected } from './selecting.ts';
import { shifted } from './shifted.ts';

const FAR = 10;

const KEYS: Readonly<Record<Direction, string>> = {
  left: 'ArrowLeft',
  right: 'ArrowRight',
  up: 'ArrowUp',
  down: 'ArrowDown',
};

export const MOVING: readonly Command[] = (['left', 'right', 'up', 'down'] as const).flatMap((direction) => [
  nudge(direction, 1, KEYS[direction]),
  nudge(direction, FAR, `shift+${KEYS[direction]}`),
]);

function nudge(direction: Direction, by: 1 | 10, key: string): Command {
  return {
    id: `nudge-${direction}-${by}`,
    group: 'arrange',
    keys: [key],
    enabled: movesSelection,
    run: (editor) => move(editor, direction, by),
  };
}

/** The arrows move what is selected, but only while the keyboard is at it. */
export function movesSelection(editor: Editor): boolean {
  const isHere = editor.focus === null || isFocusedSelected(editor);
  return isHere && editor.selected.some((cell) => !cell.locked);
}

function move(editor: Editor, direction: Direction, by: number): void {
  const cells = editor.selected.filter((cell) => !cell.locked);
  const step = { x: STEPS[direction].x * by, y: STEPS[direction].y * by };
  const operations = shifted(editor.diagram, new Map(cells.map((cell) => [cell, step])));
  const key = `nudge ${[...editor.selection.ids].join(' ')}`;
  if (!editor.do(t('canvas.move', { what: calledAll(cells) }), operations, key)) return;
  const [first] = editor.selected;
  const at = first?.position;
  editor.announce(at ? t('commands.moved-to', { x: Math.round(at.x), y: Math.round(at.y) }) : t('commands.moved'));
}
