/// Offers that somebody takes: the operations that add them as threats.
import { newThreat } from '../../model/new-model.ts';
import type { Operation } from '../../model/operation.ts';
import type { Offer, Wording } from './offer.ts';

/** A threat that came from a rule or a library says so: then it is not offered again, and is known when that changes. */
export function acceptance(
  offers: readonly Offer[],
  wordingOf: (offer: Offer) => Wording,
  newId: () => string,
): Operation[] {
  return offers.map((offer) => {
    const { diagram, cell, methodology, category } = offer;
    const { title, category: chosen, ...more } = wordingOf(offer);
    const threat = {
      ...newThreat(newId(), title.trim() || offer.wording.title, chosen ?? category, methodology),
      ...more,
      ...comesFrom(offer),
    };
    return { type: 'addThreat', diagram: diagram.id ?? 0, cell: cell.id, threat };
  });
}

function comesFrom({ rule, entry }: Offer) {
  if (entry) return { wyvern: { library: entry.id, version: entry.version } };
  return rule ? { wyvern: { rule: rule.id } } : {};
}
