/// Threats of a library, as they are offered for an element.
import { modelTypeOf } from '../../editor/panes/threat.ts';
import { canHaveThreats, categoriesOf, methodologyOf } from '../../model/categories.ts';
import { asText, at } from '../../model/json/node.ts';
import { categoryBy, takenFrom, type KeptThreat } from '../../model/library.ts';
import { severityOf } from '../../model/vocabulary.ts';
import { fileOf } from '../library/finding.ts';
import type { Target } from '../threats/rows.ts';
import type { Offer } from './offer.ts';

/** All that a library has; what the element has already, by whichever way, is `present`. */
export function offersFromLibrary(entries: readonly KeptThreat[], target: Target): Offer[] {
  const there = idsAt(target);
  return entries.map((entry) => offerOf(entry, target, there.has(entry.id)));
}

/** For several elements: what all of them have already is `present`. */
export function offersForAll(entries: readonly KeptThreat[], targets: readonly Target[]): readonly Offer[] {
  const [first] = targets;
  if (!first) return [];
  const there = targets.map(idsAt);
  return entries.map((entry) =>
    offerOf(
      entry,
      first,
      there.every((ids) => ids.has(entry.id)),
    ),
  );
}

/** The same threats for each of these elements, without those that an element has already. */
export function lackingAt(targets: readonly Target[], entries: readonly KeptThreat[]): readonly Offer[] {
  return targets.flatMap((target) => offersFromLibrary(entries, target).filter(({ state }) => state === 'new'));
}

/** The threats that an element has from a library, or by the rule of the same id. */
function idsAt({ cell }: Target): ReadonlySet<string> {
  return new Set(
    cell.threats.flatMap((threat) =>
      [takenFrom(threat)?.id ?? [], asText(at(threat.node, 'wyvern', 'rule')) ?? []].flat(),
    ),
  );
}

function offerOf(entry: KeptThreat, { diagram, cell }: Target, isThere: boolean): Offer {
  const { id, version, origin, title, description, mitigation, severity, references, tags } = entry;
  const methodology = modelTypeOf(diagram);
  return {
    key: JSON.stringify(['library', id]),
    diagram,
    cell,
    rule: null,
    entry: { id, version, file: fileOf(origin), references, tags },
    methodology,
    category: categoryBy(methodology, entry) ?? firstCategory({ diagram, cell }),
    wording: { title, severity: severityOf(severity), description, mitigation },
    state: isThere ? 'present' : 'new',
    reason: '',
  };
}

function firstCategory({ diagram, cell }: Target): string {
  if (!canHaveThreats(cell.kind)) return '';
  return categoriesOf(methodologyOf(diagram.type), cell.kind)[0]?.words[0] ?? '';
}
