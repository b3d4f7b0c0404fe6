/// Commands: what is seen of the diagram, and what lies over it.
import { t } from '../../i18n/translate.svelte.ts';
import type { CellView } from '../../model/views.ts';
import type { Editor } from '../editor.svelte.ts';
import { union, type Box } from '../geometry/box.ts';
import { flowPath } from '../geometry/flow.ts';
import { boundsOf } from '../geometry/place.ts';
import { ZOOM_MAX, ZOOM_MIN } from '../viewport.svelte.ts';
import { aimed } from './aim.ts';
import { always, titleOf, type Command } from './command.ts';

const STEP = 1.25;

export const VIEWING: readonly Command[] = [
  zoom(
    'zoom-in',
    ['mod+Plus', 'mod+='],
    (now) => now * STEP,
    (editor) => editor.view.zoom < ZOOM_MAX,
  ),
  zoom(
    'zoom-out',
    ['mod+-'],
    (now) => now / STEP,
    (editor) => editor.view.zoom > ZOOM_MIN,
  ),
  zoom('zoom-100', ['mod+0'], () => 1, always),
  fit('fit', 'shift+1', (editor) => editor.cells),
  fit('fit-selection', 'shift+2', aimed),
  toggle(
    'grid',
    ["mod+'"],
    (editor) => editor.grid.shown,
    (editor, on) => (editor.grid.shown = on),
  ),
  toggle(
    'snap',
    ['mod+shift+G'],
    (editor) => editor.grid.snaps,
    (editor, on) => (editor.grid.snaps = on),
  ),
  toggle(
    'minimap',
    ['M'],
    (editor) => editor.shows.minimap,
    (editor, on) => (editor.shows.minimap = on),
  ),
  layer('badges'),
  layer('crossings'),
  layer('heat'),
  {
    id: 'full-screen',
    group: 'view',
    keys: ['shift+F11'],
    icon: 'full-screen',
    enabled: always,
    run: (editor) => void toggleFullScreen(editor),
  },
  panel('find', 'view', ['mod+F']),
  panel('palette', 'help', ['mod+K']),
  panel('help', 'help', ['?']),
  {
    id: 'tour',
    group: 'help',
    enabled: always,
    run: (editor) => (editor.panel = { name: 'tour' }),
  },
];

function zoom(
  id: 'zoom-in' | 'zoom-out' | 'zoom-100',
  keys: readonly string[],
  next: (now: number) => number,
  enabled: Command['enabled'],
): Command {
  const run = (editor: Editor) => {
    editor.view.zoomTo(next(editor.view.zoom));
    sayZoom(editor);
  };
  return { id, group: 'view', keys, ...(id === 'zoom-100' ? {} : { icon: id }), enabled, run };
}

function fit(id: 'fit' | 'fit-selection', key: string, cells: (editor: Editor) => readonly CellView[]): Command {
  const box = (editor: Editor) => union(cells(editor).flatMap((cell) => extent(editor, cell) ?? []));
  return {
    id,
    group: 'view',
    keys: [key],
    ...(id === 'fit' ? { icon: id } : {}),
    enabled: (editor) => cells(editor).length > 0,
    run: (editor) => {
      const all = box(editor);
      if (all) editor.view.fit(all);
      sayZoom(editor);
    },
  };
}

/** The box that an element takes, or the way of a flow. */
export function extent(editor: Editor, cell: CellView): Box | null {
  return cell.isEdge ? flowPath(cell, editor.diagram).path.bounds : boundsOf(cell);
}

function sayZoom(editor: Editor): void {
  editor.announce(t('commands.zoom', { percent: Math.round(editor.view.zoom * 100) }));
}

function layer(id: 'badges' | 'crossings' | 'heat'): Command {
  return toggle(
    id,
    [],
    (editor) => editor.shows[id],
    (editor, on) => (editor.shows[id] = on),
  );
}

function toggle(
  id: 'grid' | 'snap' | 'minimap' | 'badges' | 'crossings' | 'heat',
  keys: readonly string[],
  on: (editor: Editor) => boolean,
  set: (editor: Editor, on: boolean) => void,
): Command {
  const run = (editor: Editor) => {
    set(editor, !on(editor));
    editor.announce(t(on(editor) ? 'commands.switched-on' : 'commands.switched-off', { command: titleOf({ id }) }));
  };
  return { id, group: 'view', keys, icon: id, on, enabled: always, run };
}

function panel(name: 'find' | 'palette' | 'help', group: 'view' | 'help', keys: readonly string[]): Command {
  return { id: name, group, keys, icon: name, enabled: always, run: (editor) => (editor.panel = { name }) };
}

async function toggleFullScreen(editor: Editor): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await (document.querySelector('[data-editor]') ?? document.documentElement).requestFullscreen();
  } catch {
    editor.warn(t('commands.no-full-screen'));
  }
}
