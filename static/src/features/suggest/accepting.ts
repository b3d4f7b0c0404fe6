/// Offers that somebody takes: the operations that add them as threats.
import { newThreat } from '../../model/new-model.ts';
import type { Operation } from '../../model/operation.ts';
import type { Offer, Wording } from './offer.ts';

/** A threat that came from a rule says so: then the rule does not offer it again. */
export function acceptance(
  offers: readonly Offer[],
  wordingOf: (offer: Offer) => Wording,
  newId: () => string,
): Operation[] {
  return offers.map((offer) => {
    const { diagram, cell, rule, methodology, category } = offer;
    const { title, ...more } = wordingOf(offer);
    const threat = {
      ...newThreat(newId(), title.trim() || offer.wording.title, category, methodology),
      ...more,
      ...(rule ? { wyvern: { rule: rule.id } } : {}),
    };
    return { type: 'addThreat', diagram: diagram.id ?? 0, cell: cell.id, threat };
  });
}
