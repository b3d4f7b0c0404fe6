/// How a list of models is shown: what it is narrowed to, its order, as cards or rows. It is kept in the address.
import type { Card } from '../../api/models.ts';

export const ORDERS = ['name', 'title', 'changed', 'open'] as const;
export type Order = (typeof ORDERS)[number];

export interface Listing {
  readonly search: string;
  readonly order: Order;
  /** Null where nobody has chosen: then the number of models decides. */
  readonly view: 'cards' | 'list' | null;
}

/** More models than this are too many to look into each. */
export const SORTED_MAX = 500;

export function parseListing(query: string): Listing {
  const parameters = new URLSearchParams(query);
  const view = parameters.get('view');
  return {
    search: parameters.get('search') ?? '',
    order: ORDERS.find((order) => order === parameters.get('sort')) ?? 'name',
    view: view === 'cards' || view === 'list' ? view : null,
  };
}

/** The query for an address, without what is at its default. */
export function listingQuery({ search, order, view }: Listing): string {
  const parameters = new URLSearchParams();
  if (search !== '') parameters.set('search', search);
  if (order !== 'name') parameters.set('sort', order);
  if (view !== null) parameters.set('view', view);
  return parameters.toString();
}

/** Those whose name, or title where it is known, has the words in it. */
export function matching(
  names: readonly string[],
  search: string,
  cards: { get(name: string): Card | undefined },
): readonly string[] {
  const words = search.trim().toLocaleLowerCase();
  const has = (text: string | undefined) => text?.toLocaleLowerCase().includes(words) ?? false;
  return words === '' ? names : names.filter((name) => has(name) || has(cards.get(name)?.title));
}

/** In another order; what is not known of a model comes last, and those that are alike keep their order. */
export function sorted(
  names: readonly string[],
  order: Order,
  cards: { get(name: string): Card | undefined },
  byName: (one: string, other: string) => number,
): readonly string[] {
  if (order === 'name') return names.toSorted(byName);
  const known = names.flatMap((name) => readable(cards.get(name)) ?? []);
  const rest = names.filter((name) => !readable(cards.get(name)));
  const compare = (one: Card, other: Card) => {
    if (order === 'title') return byName(one.title, other.title);
    if (order === 'open') return other.open - one.open;
    return timeOf(other) - timeOf(one);
  };
  return [...known.toSorted(compare).map(({ model }) => model), ...rest];
}

/** What is known of a model that could be read. */
function readable(card: Card | undefined): Card | undefined {
  return card?.problem === null ? card : undefined;
}

function timeOf({ changed }: Card): number {
  return changed ? Date.parse(changed.at) : 0;
}
