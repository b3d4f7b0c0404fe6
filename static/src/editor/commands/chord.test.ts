import { describe, expect, test } from 'vitest';
import { chordOf, shown, type Press } from './chord.ts';

function press(key: string, code: string, held: readonly string[] = []): Press {
  return {
    key,
    code,
    ctrlKey: held.includes('ctrl'),
    metaKey: held.includes('meta'),
    altKey: held.includes('alt'),
    shiftKey: held.includes('shift'),
    getModifierState: (name) => held.includes(name),
  };
}

describe('keys together', () => {
  test.each([
    ['a letter', press('p', 'KeyP'), 'P'],
    ['a letter with caps lock', press('P', 'KeyP'), 'P'],
    ['a letter with shift', press('R', 'KeyR', ['shift']), 'shift+R'],
    ['control', press('z', 'KeyZ', ['ctrl']), 'mod+Z'],
    ['control and shift', press('Z', 'KeyZ', ['ctrl', 'shift']), 'mod+shift+Z'],
    ['a key that has moved on a German keyboard', press('z', 'KeyY', ['ctrl']), 'mod+Z'],
    ['a Cyrillic letter', press('з', 'KeyP'), 'P'],
    ['a digit with shift', press('!', 'Digit1', ['shift']), 'shift+1'],
    ['a digit of a French keyboard', press('à', 'Digit0', ['ctrl']), 'mod+0'],
    ['minus where a French keyboard has it', press('-', 'Digit6', ['ctrl']), 'mod+-'],
    ['plus', press('+', 'Equal', ['ctrl', 'shift']), 'mod+Plus'],
    ['a bracket by the right Alt key', press('[', 'Digit8', ['ctrl', 'alt', 'AltGraph']), '['],
    ['a brace', press('{', 'BracketLeft', ['shift']), '{'],
    ['space', press(' ', 'Space', ['shift']), 'shift+Space'],
    ['an arrow', press('ArrowUp', 'ArrowUp', ['alt', 'shift']), 'alt+shift+ArrowUp'],
  ])('%s', (_, event, chord) => {
    expect(chordOf(event, false)).toBe(chord);
  });

  test('a Mac has the command key for it, and its control key apart', () => {
    expect(chordOf(press('z', 'KeyZ', ['meta']), true)).toBe('mod+Z');
    expect(chordOf(press('z', 'KeyZ', ['ctrl']), true)).toBe('ctrl+Z');
    expect(chordOf(press('z', 'KeyZ', ['meta']), false)).toBe('meta+Z');
    expect(chordOf(press('Ç', 'KeyC', ['alt', 'shift']), true)).toBe('alt+shift+C');
  });
});

test('keys are shown as each platform writes them', () => {
  expect(shown('mod+shift+Z', false)).toBe('Ctrl+Shift+Z');
  expect(shown('mod+shift+Z', true)).toBe('⌘⇧Z');
  expect(shown('mod+Plus', false)).toBe('Ctrl++');
});
