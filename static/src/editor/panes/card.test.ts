import { expect, test } from 'vitest';
import { parse } from '../../model/json/parse.ts';
import { threatView } from '../../model/views.ts';
import { cardChoice } from './card.ts';

const choice = (threat: object) => cardChoice(threatView(parse(JSON.stringify(threat)).root));

const texts = (from: { groups: readonly { choices: readonly { text: string }[] }[] } | null | undefined) =>
  from?.groups.flatMap((group) => group.choices.map(({ text }) => text));

test('a threat of a game says its card, and where that is told', () => {
  const drawn = choice({ type: 'cornucopia', cardSuit: 'Session Management', cardNumber: 'SMQ' });
  expect(drawn?.suit.value).toBe('Session Management');
  expect(drawn?.card?.value).toBe('SMQ');
  expect(texts(drawn?.card)).toEqual([
    ...['2', '3', '4', '5', '6', '7', '8', '9'].map((rank) => `SM${rank} · ${rank}`),
    'SMX · 10',
    'SMJ · Jack',
    'SMQ · Queen',
    'SMK · King',
    'SMA · Ace',
  ]);
  expect(drawn?.address).toBe('https://cornucopia.owasp.org/cards/SMQ');
});

test('the suit comes first, then the card', () => {
  const fresh = choice({ type: 'cornucopia-mobileapp' });
  expect(fresh?.card).toBeNull();
  expect(texts(fresh?.suit)).toEqual([
    'Platform & Code',
    'Authentication & Authorization',
    'Network & Storage',
    'Resilience',
    'Cryptography',
    'Cornucopia',
    'Wild Card',
    'Not said',
  ]);
  expect(texts(choice({ type: 'cornucopia-mobileapp', cardSuit: 'Wild Card' })?.card)).toEqual([
    'JOAM · Joker',
    'JOBM · Joker',
    'Not said',
  ]);
});

test('what is not known of a card is kept, and leads nowhere', () => {
  const odd = choice({ type: 'cornucopia', cardSuit: '<b>x</b>', cardNumber: '../../evil' });
  expect(texts(odd?.suit)?.at(-1)).toBe('<b>x</b>');
  expect(texts(odd?.card)).toEqual(['../../evil']);
  expect(odd?.address).toBeNull();
});

test('other threats have no card', () => {
  expect(choice({ type: 'Spoofing', cardSuit: 'Session Management' })).toBeNull();
});
