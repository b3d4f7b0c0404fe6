/// Other words by which people look for commands: what programs elsewhere call the same.
import type { Worded } from '../../i18n/message-key.ts';
import { inEnglish, t } from '../../i18n/translate.svelte.ts';
import { KINDS, otherWords } from '../gestures/kinds.ts';
import type { CommandId } from './command.ts';

type Also = Worded<'commands.also-'> & CommandId;

const ALSO: ReadonlySet<CommandId> = new Set<Also>([
  'export',
  'print',
  'layout',
  'insert-fragment',
  'suggest',
  'suggest-diagram',
  'delete',
  'duplicate',
  'undo',
  'redo',
  'rename',
  'connect',
  'reverse',
  'bidirectional',
  'straighten',
  'out-of-scope',
  'lock',
  'unlock',
  'to-front',
  'forward',
  'backward',
  'to-back',
  'distribute-across',
  'distribute-down',
  'fit',
  'fit-selection',
  'zoom-100',
  'snap',
  'minimap',
  'heat',
  'badges',
  'full-screen',
  'find',
  'help',
  'open-outline',
  'open-properties',
  'open-threats',
]);

/** In the person's language and in English, with the title in English. */
export function alsoCalled(id: CommandId): string {
  const more = isAlso(id) ? [t(`commands.also-${id}`), inEnglish(`commands.also-${id}`)] : [];
  return [inEnglish(`commands.title-${id}`), ...more, ...ofKind(id)].join(' ');
}

function isAlso(id: CommandId): id is Also {
  return ALSO.has(id);
}

/** What puts or draws a kind is found by the other words for that. */
function ofKind(id: CommandId): string[] {
  return KINDS.flatMap(({ kind }) => {
    if (id === `tool-${kind}`) return [otherWords(kind)];
    return id === `new-${kind}` ? [t('commands.also-new'), inEnglish('commands.also-new'), otherWords(kind)] : [];
  });
}
