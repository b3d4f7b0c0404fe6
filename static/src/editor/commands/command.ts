/// A command: something that can be asked of the editor by key, menu, toolbar or by its name.
import type { Editor } from '../editor.svelte.ts';
import type { IconName } from './icons.ts';

/** The groups, in the order in which menus and the help show them. */
export const GROUPS = ['Tools', 'Edit', 'Select', 'Move around', 'Change', 'Arrange', 'View', 'Help'] as const;
export type Group = (typeof GROUPS)[number];

export interface Command {
  readonly id: string;
  readonly title: string;
  readonly group: Group;
  /** As in `mod+shift+Z`; `mod` is the command key of a Mac and the control key of others. The first is shown. */
  readonly keys?: readonly string[];
  /** The browser itself answers the keys, with an event that is listened to. */
  readonly native?: true;
  readonly icon?: IconName;
  /** What it is about now, as "Move Browser" for what would be undone; empty when that is nothing. */
  readonly about?: (editor: Editor) => string;
  /** For what is either on or off. */
  readonly on?: (editor: Editor) => boolean;
  readonly enabled: (editor: Editor) => boolean;
  readonly run: (editor: Editor) => void;
}

export function always(): boolean {
  return true;
}

/** Runs a command if it can be run now. */
export function run(command: Command, editor: Editor): void {
  if (!editor.busy && command.enabled(editor)) command.run(editor);
}
