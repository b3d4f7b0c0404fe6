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
 * Keys that were pressed beside the canvas: those with the control key mean the same there, but while one
 * types only what concerns the view.
 */
export function pressElsewhere(event: KeyboardEvent, editor: Editor): void {
  const chord = chordOf(event, MAC_KEYS);
  const command = commandFor(chord, editor);
  if (!command || !chord.startsWith('mod+') || !isOpen(event, editor)) return;
  if (isTyping(event.target) && command.group !== 'View' && command.group !== 'Help') return;
  event.preventDefault();
  command.run(editor);
}

/** Whether nothing else is under way. */
function isOpen(event: KeyboardEvent, editor: Editor): boolean {
  return !event.defaultPrevented && !event.isComposing && !editor.busy && editor.panel === null;
}
