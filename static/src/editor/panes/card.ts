/// The card that a threat of an EoP game was drawn from, as choices: game, suit, card.
import { t } from '../../i18n/translate.svelte.ts';
import { cardAddress, isDeck, rankOf, suitNamed, suitsOf, type Suit } from '../../model/cards.ts';
import { asText, get } from '../../model/json/node.ts';
import type { ThreatView } from '../../model/views.ts';
import { choiceOf, type WordChoice } from './threat.ts';

export interface CardChoice {
  readonly suit: WordChoice;
  /** Null until a suit is chosen. */
  readonly card: WordChoice | null;
  /** The page of the card; null for none, and for one that is not known. */
  readonly address: string | null;
}

/** Null for threats that are of no game that is known. */
export function cardChoice(threat: ThreatView): CardChoice | null {
  const deck = threat.type;
  if (!isDeck(deck)) return null;
  const [suitName, number] = [said(threat, 'cardSuit'), said(threat, 'cardNumber')];
  const found = suitNamed(deck, suitName, number);
  const suits = suitsOf(deck).map(({ name }) => ({ value: name, text: name }));
  const cards = found?.cards.map((card) => ({ value: card, text: cardName(card, found) })) ?? [];
  return {
    suit: choiceOf(suitName, [{ title: '', choices: suits }], found?.name ?? suitName),
    card: found || number !== '' ? choiceOf(number, [{ title: '', choices: cards }]) : null,
    address: found?.cards.includes(number) ? cardAddress(number) : null,
  };
}

function said(threat: ThreatView, key: string): string {
  return asText(get(threat.node, key)) ?? '';
}

/** "VEQ · Queen" */
function cardName(card: string, suit: Suit): string {
  return t('threats.card', { card, rank: rankName(card, suit) });
}

function rankName(card: string, suit: Suit): string {
  const rank = rankOf(card, suit);
  if (rank === null) return t('threats.rank-Joker');
  if (rank === 'X') return '10';
  return rank === 'J' || rank === 'Q' || rank === 'K' || rank === 'A' ? t(`threats.rank-${rank}`) : rank;
}
