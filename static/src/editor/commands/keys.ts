/// From keys to commands.
import type { Editor } from '../editor.svelte.ts';
import { chordOf, MAC_KEYS } from './chord.ts';
import type { Command } from './command.ts';
import { COMMANDS } from './index.ts';
import { isTyping } from './typing.ts';

const BY_CHORD = new Map<string, Command[]>();
for (const command of COMMANDS) {
  for (const chord of command.native ? [] : (command.keys ?? [])) {
    BY_CHORD.set(chord, [...(BY_CHORD.get(chord) ?? []), command]);
  }
}

/** Keys that nobody types. */
const ANYWHERE = /^(shift\+)?F6$/;
const LETTER = /^(shift\+)?[^\s+]$/;

/** The command that the keys mean now: of those that share them, the first that can be run. */
export function commandFor(chord: string, editor: Editor): Command | undefined {
  return BY_CHORD.get(chord)?.find((command) => command.enabled(editor));
}

/**
 * Does what the keys of an event mean. False when that is nothing, or the event is somebody else's: of a field
 * in which one types, or while something else is under way.
 */
export function press(event: KeyboardEvent, editor: Editor): boolean {
  if (isTyping(event.target) || !isOpen(event, editor)) return false;
  const chord = chordOf(event, MAC_KEYS);
  const command = commandFor(chord, editor);
  // A browser's own meaning of the same keys (a bookmark for Ctrl+D) would come as a surprise.
  if (command || (chord.startsWith('mod+') && BY_CHORD.has(chord))) event.preventDefault();
  command?.run(editor);
  return command !== undefined;
}

/**
 * Keys that were pressed beside the canvas. Those with the control key mean the same there, but while one types
 * only what concerns the view; letters do on the buttons around the canvas; Escape puts the tool away.
 */
export function pressElsewhere(event: KeyboardEvent, editor: Editor): void {
  if (!isOpen(event, editor) || isOver(event.target)) return;
  const chord = chordOf(event, MAC_KEYS);
  const command = chord === 'Escape' ? putAway(editor) : commandFor(chord, editor);
  if (!command || !isMeantThere(chord, command, event.target)) return;
  event.preventDefault();
  command.run(editor);
}

function putAway(editor: Editor): Command | undefined {
  return editor.tool === 'select' ? undefined : commandFor('Escape', editor);
}

function isMeantThere(chord: string, command: Command, target: EventTarget | null): boolean {
  if (chord === 'Escape' || ANYWHERE.test(chord)) return true;
  const typing = isTyping(target);
  if (chord.startsWith('mod+')) return !typing || command.group === 'view' || command.group === 'help';
  return !typing && LETTER.test(chord) && target instanceof Element && target.closest('[data-letters]') !== null;
}

/** Whether it is of something that lies over the editor and has keys of its own. */
function isOver(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('dialog, [popover], [role="menu"]') !== null;
}

/** Whether nothing else is under way. */
function isOpen(event: KeyboardEvent, editor: Editor): boolean {
  return !event.defaultPrevented && !event.isComposing && !editor.busy && editor.panel === null;
}
