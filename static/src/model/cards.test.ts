import { expect, test } from 'vitest';
import { cardAddress, DECKS, isDeck, rankOf, suitNamed, suitsOf } from './cards.ts';

test('no two cards of all decks have one name', () => {
  const cards = DECKS.flatMap((deck) => suitsOf(deck).flatMap((suit) => suit.cards));
  expect(cards).toHaveLength(13 * 18 + 4);
  expect(new Set(cards).size).toBe(cards.length);
});

test('a suit is known by its name, by the start of its cards, and by a card where the name is foreign', () => {
  const of = (name: string, card = '') => suitNamed('cornucopia', name, card)?.id;
  expect(of('Session Management')).toBe('SM');
  expect(of('DATA VALIDATION & ENCODING')).toBe('VE');
  expect(of('az')).toBe('AZ');
  expect(of('Gestión de Sesión', 'SMX')).toBe('SM');
  expect(of('Gestión de Sesión')).toBeUndefined();
  expect(of('', 'LLM2')).toBeUndefined();
});

test('a card has its rank, a joker none, and each its page', () => {
  const [validation, , , , , trumps] = suitsOf('cornucopia');
  if (!validation || !trumps) throw new Error('the deck has six suits');
  expect(rankOf('VEX', validation)).toBe('X');
  expect(rankOf('CA', trumps)).toBe('A');
  expect(rankOf('JOA', trumps)).toBeNull();
  expect(cardAddress('VEX')).toBe('https://cornucopia.owasp.org/cards/VEX');
});

test('a deck is known by its name only', () => {
  expect(isDeck('cornucopia')).toBe(true);
  expect(isDeck('toString')).toBe(false);
});
