import { expect, test } from 'vitest';
import { called } from './words.ts';

const short = (name: string) => called({ name, kind: 'actor' });

test('a long name is cut between characters, not in one', () => {
  expect(short('x'.repeat(40))).toBe('x'.repeat(40));
  expect(short('x'.repeat(41))).toBe(`${'x'.repeat(39)}…`);
  const name = `Payment gateway of the European shops ${'🛒'.repeat(5)}`;
  expect(short(name)).toBe('Payment gateway of the European shops 🛒…');
  expect(short('🛒'.repeat(40))).toBe('🛒'.repeat(40));
  expect(short('🛒'.repeat(41))).toBe(`${'🛒'.repeat(39)}…`);
});

test('a name stands on one line; without one it is the kind', () => {
  expect(short(' The\n  shop ')).toBe('The shop');
  expect(short(' \n')).toBe('actor');
});
