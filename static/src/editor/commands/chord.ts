/// Keys pressed together: read off an event, and written as each platform writes them.

/** What of a keyboard event tells which keys are down. */
export interface Press {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  getModifierState(name: string): boolean;
}

/** The keys of an event, as commands name them: `mod+shift+Z`. */
export function chordOf(press: Press, mac: boolean): string {
  // Where a character needs the right-hand Alt key, that key belongs to the character.
  const composes = press.getModifierState('AltGraph');
  const name = nameOf(press);
  const [mod, other] = mac ? [press.metaKey, press.ctrlKey] : [press.ctrlKey, press.metaKey];
  const parts = [
    mod && !composes ? 'mod' : '',
    other ? (mac ? 'ctrl' : 'meta') : '',
    press.altKey && !composes ? 'alt' : '',
    press.shiftKey && !isSign(name) ? 'shift' : '',
    name,
  ];
  return parts.filter((part) => part !== '').join('+');
}

/** The signs that commands use; wherever a keyboard has them, they are meant. */
const SIGNS = '[]{}-=?+';

/** Letters and digits by their place where the keyboard has others there. */
function nameOf({ key, code }: Press): string {
  if (key === '+') return 'Plus';
  if (key === ' ') return 'Space';
  if (key.length > 1 || SIGNS.includes(key)) return key;
  if (/^[a-z\d]$/i.test(key)) return key.toUpperCase();
  const place = /^(?:Digit(\d)|Key([A-Z]))$/.exec(code);
  return place?.[1] ?? (isAscii(key) ? undefined : place?.[2]) ?? key;
}

function isAscii(key: string): boolean {
  return /^[!-~]$/.test(key);
}

/** A sign is the same with or without shift: keyboards differ in where it stands. */
function isSign(name: string): boolean {
  return name === 'Plus' || SIGNS.includes(name);
}

const MAC: ReadonlyMap<string, string> = new Map([
  ['mod', '⌘'],
  ['ctrl', '⌃'],
  ['alt', '⌥'],
  ['shift', '⇧'],
]);
const OTHERS: ReadonlyMap<string, string> = new Map([
  ['mod', 'Ctrl'],
  ['meta', 'Meta'],
  ['alt', 'Alt'],
  ['shift', 'Shift'],
]);
const NAMES: ReadonlyMap<string, string> = new Map([
  ['Plus', '+'],
  ['-', '−'],
  ['ArrowLeft', '←'],
  ['ArrowRight', '→'],
  ['ArrowUp', '↑'],
  ['ArrowDown', '↓'],
  ['Escape', 'Esc'],
  ['ContextMenu', 'Menu'],
]);

/** The keys as they are shown: `Ctrl+Shift+Z`, `⇧⌘Z`. */
export function shown(chord: string, mac: boolean): string {
  const parts = chord.split('+').map((part) => (mac ? MAC : OTHERS).get(part) ?? NAMES.get(part) ?? part);
  return parts.join(mac ? '' : '+');
}

/** The keys as `aria-keyshortcuts` wants them. */
export function forAria(chord: string, mac: boolean): string {
  const names = new Map([
    ['mod', mac ? 'Meta' : 'Control'],
    ['meta', 'Meta'],
    ['ctrl', 'Control'],
    ['alt', 'Alt'],
    ['shift', 'Shift'],
  ]);
  const parts = chord.split('+').map((part) => names.get(part) ?? part);
  return parts.join('+');
}

/** Whether this computer is a Mac (or what has the keys of one). */
export const MAC_KEYS = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? '');
