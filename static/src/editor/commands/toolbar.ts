/// What is on the toolbar: commands, and menus of some that belong together.
import type { Worded } from '../../i18n/message-key.ts';
import { t } from '../../i18n/translate.svelte.ts';
import { titleOf, type Command } from './command.ts';
import type { IconName } from './icons.ts';
import { command, commands } from './index.ts';

/** A button that does something, or that opens a menu. */
export type ToolbarItem = Command | ToolbarMenu;

export interface ToolbarMenu {
  /** Each has a title among the messages. */
  readonly id: Worded<'commands.menu-'>;
  readonly icon: IconName;
  readonly sections: readonly (readonly Command[])[];
}

export function isMenu(item: ToolbarItem): item is ToolbarMenu {
  return 'sections' in item;
}

/** What a button is called. */
export function itemTitle(item: ToolbarItem): string {
  return isMenu(item) ? t(`commands.menu-${item.id}`) : titleOf(item);
}

/** In groups that a line keeps apart. */
export const TOOLBAR: readonly (readonly ToolbarItem[])[] = [
  commands('undo', 'redo'),
  commands('cut', 'copy', 'paste', 'duplicate', 'delete'),
  [
    {
      id: 'arrange-menu',
      icon: 'align-left',
      sections: [
        commands('align-left', 'align-centre', 'align-right', 'align-top', 'align-middle', 'align-bottom'),
        commands('distribute-across', 'distribute-down'),
        commands('same-width', 'same-height', 'same-size'),
      ],
    },
    {
      id: 'order-menu',
      icon: 'to-front',
      sections: [commands('to-front', 'forward', 'backward', 'to-back'), commands('lock', 'unlock')],
    },
    {
      id: 'change-menu',
      icon: 'bidirectional',
      sections: [
        commands('route-smooth', 'route-straight', 'route-orthogonal', 'straighten'),
        commands('reverse', 'bidirectional'),
        commands('kind-process', 'kind-store', 'kind-actor', 'out-of-scope'),
      ],
    },
    command('layout'),
  ],
  commands('export', 'print'),
  commands('snap', 'find', 'palette', 'help'),
];

/** The groups as far as there is room for `count` items, and the rest. */
export function split(
  groups: readonly (readonly ToolbarItem[])[],
  count: number,
): { shown: ToolbarItem[][]; rest: ToolbarItem[][] } {
  let left = count;
  const shown: ToolbarItem[][] = [];
  const rest: ToolbarItem[][] = [];
  for (const group of groups) {
    shown.push(group.slice(0, Math.max(0, left)));
    rest.push(group.slice(Math.max(0, left)));
    left -= group.length;
  }
  return { shown: shown.filter((group) => group.length > 0), rest: rest.filter((group) => group.length > 0) };
}

/** The sections of a menu with these items: what is in menus stands in it directly. */
export function sectionsOf(groups: readonly (readonly ToolbarItem[])[]): Command[][] {
  return groups.flatMap((group) => {
    const plain = group.flatMap((item) => (isMenu(item) ? [] : [item]));
    const inner = group.filter(isMenu).flatMap(({ sections }) => sections.map((section) => [...section]));
    return plain.length > 0 ? [plain, ...inner] : inner;
  });
}
