/// Commands: from region to region of the editor, as F6 goes elsewhere: toolbar, shapes, canvas, details, diagrams.
import type { Editor } from '../editor.svelte.ts';
import { always, type Command } from './command.ts';

/** What has `data-region` is one; `canvas` is the one to which the editor itself brings the keyboard. */
const REGIONS = '[data-region]';
/** Where the keyboard goes in one: to what is chosen there, else to the first that can have it. */
const STOPS = ['[aria-current], [aria-selected="true"]', 'a[href], button, input, select, textarea, [tabindex="0"]'];

export const REGION_KEYS: readonly Command[] = [region('next', 'F6', 1), region('previous', 'shift+F6', -1)];

function region(id: 'next' | 'previous', key: string, by: 1 | -1): Command {
  return {
    id: `region-${id}`,
    group: 'move',
    keys: [key],
    enabled: always,
    run: (editor) => go(editor, by),
  };
}

/** To the next region that can have the focus; what is hidden on small screens cannot. */
function go(editor: Editor, by: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>(REGIONS)];
  const here = all.findIndex((each) => each.contains(document.activeElement));
  const start = here === -1 && by === -1 ? 0 : here;
  for (let step = 1; step <= all.length; step += 1) {
    const to = all.at((start + by * step) % all.length);
    if (to && enter(editor, to)) return;
  }
}

function enter(editor: Editor, region: HTMLElement): boolean {
  if (region.dataset['region'] === 'canvas') {
    editor.recall();
    return true;
  }
  const stops = STOPS.flatMap((stop) => [...region.querySelectorAll<HTMLElement>(stop)]);
  return stops.some((stop) => {
    if (stop.tabIndex >= 0) stop.focus();
    return document.activeElement === stop;
  });
}
