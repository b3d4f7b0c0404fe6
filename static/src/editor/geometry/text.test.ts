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
  test.each(vectors<Case>('texts'))('$name', ({ name: _, text, room, size, ...block }) => {
    expect(wrap(text, room, size)).toBeCloseToAll(block);
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
