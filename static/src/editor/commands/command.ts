/// A command: something that can be asked of the editor by key, menu, toolbar or by its name.
import type { Worded } from '../../i18n/message-key.ts';
import { t } from '../../i18n/translate.svelte.ts';
import type { Editor } from '../editor.svelte.ts';
import type { IconName } from './icons.ts';

/** The groups, in the order in which menus and the help show them. */
export const GROUPS = ['tools', 'edit', 'select', 'move', 'change', 'arrange', 'view', 'help'] as const;
export type Group = (typeof GROUPS)[number];

/** Each has a title among the messages. */
export type CommandId = Worded<'commands.title-'>;

export interface Command {
  readonly id: CommandId;
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

/** What it is called. */
export function titleOf({ id }: Pick<Command, 'id'>): string {
  return t(`commands.title-${id}`);
}

/** What it is called when it is done to something: "Align left edges: 3 elements". */
export function stepOf(command: Pick<Command, 'id'>, what: string): string {
  return t('commands.step', { command: titleOf(command), what });
}

export function always(): boolean {
  return true;
}

/** Runs a command if it can be run now. */
export function run(command: Command, editor: Editor): void {
  if (!editor.busy && command.enabled(editor)) command.run(editor);
}
