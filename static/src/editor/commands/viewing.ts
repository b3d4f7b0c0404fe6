/// Commands: what is seen of the diagram, and what lies over it.
import type { CellView } from '../../model/views.ts';
import type { Editor } from '../editor.svelte.ts';
import { union, type Box } from '../geometry/box.ts';
import { flowPath } from '../geometry/flow.ts';
import { boundsOf } from '../geometry/place.ts';
import { ZOOM_MAX, ZOOM_MIN } from '../viewport.svelte.ts';
import { aimed } from './aim.ts';
import { always, type Command } from './command.ts';

const STEP = 1.25;

export const VIEWING: readonly Command[] = [
  zoom(
    'zoom-in',
    'Zoom in',
    ['mod+Plus', 'mod+='],
    (now) => now * STEP,
    (editor) => editor.view.zoom < ZOOM_MAX,
  ),
  zoom(
    'zoom-out',
    'Zoom out',
    ['mod+-'],
    (now) => now / STEP,
    (editor) => editor.view.zoom > ZOOM_MIN,
  ),
  zoom('zoom-100', 'Zoom to 100 %', ['mod+0'], () => 1, always),
  fit('fit', 'Show all', 'shift+1', (editor) => editor.cells),
  fit('fit-selection', 'Show the selection', 'shift+2', aimed),
  toggle(
    'grid',
    'Grid',
    ["mod+'"],
    (editor) => editor.grid.shown,
    (editor, on) => (editor.grid.shown = on),
  ),
  toggle(
    'snap',
    'Snap to lines and grid',
    ['mod+shift+G'],
    (editor) => editor.grid.snaps,
    (editor, on) => (editor.grid.snaps = on),
  ),
  toggle(
    'minimap',
    'Map of the diagram',
    ['M'],
    (editor) => editor.shows.minimap,
    (editor, on) => (editor.shows.minimap = on),
  ),
  layer('badges', 'Threat badges'),
  layer('crossings', 'Boundary crossings'),
  layer('heat', 'Heat by severity'),
  {
    id: 'full-screen',
    title: 'Full screen',
    group: 'View',
    keys: ['shift+F11'],
    icon: 'full-screen',
    enabled: always,
    run: (editor) => void toggleFullScreen(editor),
  },
  panel('find', 'Find elements and threats', 'View', ['mod+F']),
  panel('palette', 'All commands and elements', 'Help', ['mod+K']),
  panel('help', 'Keys', 'Help', ['?']),
  {
    id: 'tour',
    title: 'Show the tour',
    group: 'Help',
    enabled: always,
    run: (editor) => (editor.panel = { name: 'tour' }),
  },
];

function zoom(
  id: 'zoom-in' | 'zoom-out' | 'zoom-100',
  title: string,
  keys: readonly string[],
  next: (now: number) => number,
  enabled: Command['enabled'],
): Command {
  const run = (editor: Editor) => {
    editor.view.zoomTo(next(editor.view.zoom));
    sayZoom(editor);
  };
  return { id, title, group: 'View', keys, ...(id === 'zoom-100' ? {} : { icon: id }), enabled, run };
}

function fit(id: string, title: string, key: string, cells: (editor: Editor) => readonly CellView[]): Command {
  const box = (editor: Editor) => union(cells(editor).flatMap((cell) => extent(editor, cell) ?? []));
  return {
    id,
    title,
    group: 'View',
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
  editor.announce(`Zoom ${Math.round(editor.view.zoom * 100)} %`);
}

function layer(id: 'badges' | 'crossings' | 'heat', title: string): Command {
  return toggle(
    id,
    title,
    [],
    (editor) => editor.shows[id],
    (editor, on) => (editor.shows[id] = on),
  );
}

function toggle(
  id: 'grid' | 'snap' | 'minimap' | 'badges' | 'crossings' | 'heat',
  title: string,
  keys: readonly string[],
  on: (editor: Editor) => boolean,
  set: (editor: Editor, on: boolean) => void,
): Command {
  const run = (editor: Editor) => {
    set(editor, !on(editor));
    editor.announce(`${title}: ${on(editor) ? 'on' : 'off'}`);
  };
  return { id, title, group: 'View', keys, icon: id, on, enabled: always, run };
}

function panel(
  name: 'find' | 'palette' | 'help',
  title: string,
  group: 'View' | 'Help',
  keys: readonly string[],
): Command {
  return { id: name, title, group, keys, icon: name, enabled: always, run: (editor) => (editor.panel = { name }) };
}

async function toggleFullScreen(editor: Editor): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await (document.querySelector('[data-editor]') ?? document.documentElement).requestFullscreen();
  } catch {
    editor.warn('This browser does not show the editor on the full screen.');
  }
}
