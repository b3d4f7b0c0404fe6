/// Offers as they are listed: those in one state, element by element, the first ones at once.
import type { CellView, DiagramView } from '../../model/views.ts';
import type { Offer, OfferState } from './offer.ts';

export const STATES: readonly OfferState[] = ['new', 'present', 'dismissed'];

/** How many are listed at once. */
export const STEP = 100;

export function inState(offers: readonly Offer[], state: OfferState): readonly Offer[] {
  return offers.filter((offer) => offer.state === state);
}

export interface OfferGroup {
  readonly diagram: DiagramView;
  readonly cell: CellView;
  readonly offers: readonly Offer[];
}

/** In the order in which the elements come first. */
export function byElement(offers: readonly Offer[]): OfferGroup[] {
  const groups = new Map<CellView, { diagram: DiagramView; cell: CellView; offers: Offer[] }>();
  for (const offer of offers) {
    const { diagram, cell } = offer;
    const group = groups.get(cell) ?? { diagram, cell, offers: [] };
    group.offers.push(offer);
    groups.set(cell, group);
  }
  return [...groups.values()];
}
