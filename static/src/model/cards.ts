/// The decks of cards that threats of EoP games are drawn from: suits and cards as files name them. What stands on a
/// card is on its page at OWASP.

/** Decks, as the type of a threat names them. */
export const DECKS = ['cornucopia', 'cornucopia-mobileapp', 'cornucopia-companion'] as const;
export type DeckId = (typeof DECKS)[number];

export interface Suit {
  /** How the names of its cards begin. */
  readonly id: string;
  readonly name: string;
  readonly cards: readonly string[];
}

/** From the lowest to the highest; X is the ten. */
const RANKS = ['2', '3', '4', '5', '6', '7', '8', '9', 'X', 'J', 'Q', 'K', 'A'] as const;
export type Rank = (typeof RANKS)[number];

function suit(id: string, name: string): Suit {
  return { id, name, cards: RANKS.map((rank) => id + rank) };
}

function jokers(...cards: string[]): Suit {
  return { id: 'WC', name: 'Wild Card', cards };
}

const SUITS: Readonly<Record<DeckId, readonly Suit[]>> = {
  cornucopia: [
    suit('VE', 'Data Validation & Encoding'),
    suit('AT', 'Authentication'),
    suit('SM', 'Session Management'),
    suit('AZ', 'Authorization'),
    suit('CR', 'Cryptography'),
    suit('C', 'Cornucopia'),
    jokers('JOA', 'JOB'),
  ],
  'cornucopia-mobileapp': [
    suit('PC', 'Platform & Code'),
    suit('AA', 'Authentication & Authorization'),
    suit('NS', 'Network & Storage'),
    suit('RS', 'Resilience'),
    suit('CRM', 'Cryptography'),
    suit('CM', 'Cornucopia'),
    jokers('JOAM', 'JOBM'),
  ],
  'cornucopia-companion': [
    suit('LLM', 'Large Language Models'),
    suit('CLD', 'Cloud'),
    suit('FRE', 'Frontend'),
    suit('DVO', 'DevOps'),
    suit('BOT', 'Automated Threats'),
    suit('AAI', 'Agentic AI'),
  ],
};

export function isDeck(word: string): word is DeckId {
  return DECKS.some((deck) => deck === word);
}

export function suitsOf(deck: DeckId): readonly Suit[] {
  return SUITS[deck];
}

/** A suit by what a file says of it, whose name may be in another language: then its card tells. */
export function suitNamed(deck: DeckId, name: string, card: string): Suit | undefined {
  const lower = name.trim().toLowerCase();
  const suits = SUITS[deck];
  return (
    suits.find((each) => each.name.toLowerCase() === lower || each.id.toLowerCase() === lower) ??
    suits.find((each) => each.cards.includes(card))
  );
}

/** The rank of a card of a suit; null for a joker. */
export function rankOf(card: string, { id }: Suit): Rank | null {
  return RANKS.find((rank) => id + rank === card) ?? null;
}

/** The page of a card that is known. */
export function cardAddress(card: string): string {
  return `https://cornucopia.owasp.org/cards/${card}`;
}
