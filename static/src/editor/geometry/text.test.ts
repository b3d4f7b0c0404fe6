import { describe, expect, test } from 'vitest';
import { lines, textWidth, wrap } from './text.ts';
import { vectors } from './vectors.ts';

interface Case {
  name: string;
  text: string;
  room: number;
  size: number;
  lines: string[];
  width: number;
  height: number;
}

describe('names in lines', () => {
  test.each(vectors<Case>('texts'))('$name', (one) => {
    const { lines: wanted, width, height } = one;
    expect(wrap(one.text, one.room, one.size)).toBeCloseToAll({ lines: wanted, width, height });
  });

  test('keep their own lines however wide', () => {
    expect(lines('one two three\nfour').lines).toEqual(['one two three', 'four']);
  });

  test('lose no letter when broken', () => {
    const text = 'Antidisestablishmentarianism is a word with 28 letters';
    expect(wrap(text, 50).lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    for (const line of wrap(text, 50).lines) expect(textWidth(line)).toBeLessThanOrEqual(50);
  });
});
