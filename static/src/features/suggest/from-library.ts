/// Threats of a library, as they are offered for an element.
import { modelTypeOf } from '../../editor/panes/threat.ts';
import type { CategoryGroup } from '../../model/categories.ts';
import { cameFrom, categoryBy, type KeptThreat } from '../../model/library.ts';
import type { OwnMethodology } from '../../model/own-methodology.ts';
import { severityOf } from '../../model/vocabulary.ts';
import { fileOf } from '../library/finding.ts';
import type { Target } from '../threats/rows.ts';
import { groupsFor, type Offer } from './offer.ts';

/** All that a library has; what the element has already, by whichever way, is `present`. */
export function offersFromLibrary(
  entries: readonly KeptThreat[],
  target: Target,
  own: readonly OwnMethodology[],
): Offer[] {
  const there = idsAt(target);
  const groups = groupsFor(target, own);
  return entries.map((entry) => offerOf(entry, target, groups, there.has(entry.id)));
}

/** For several elements: what all of them have already is `present`; a category is chosen from those of any. */
export function offersForAll(
  entries: readonly KeptThreat[],
  targets: readonly Target[],
  own: readonly OwnMethodology[],
): readonly Offer[] {
  const [first] = targets;
  if (!first) return [];
  const there = targets.map(idsAt);
  const groups = together(targets.flatMap((target) => groupsFor(target, own)));
  return entries.map((entry) =>
    offerOf(
      entry,
      first,
      groups,
      there.every((ids) => ids.has(entry.id)),
    ),
  );
}

/** The same threats for each of these elements, without those that an element has already. */
export function lackingAt(
  targets: readonly Target[],
  entries: readonly KeptThreat[],
  own: readonly OwnMethodology[],
): readonly Offer[] {
  return targets.flatMap((target) => offersFromLibrary(entries, target, own).filter(({ state }) => state === 'new'));
}

/** The threats that an element has from a library, or by the rule of the same id. */
function idsAt({ cell }: Target): ReadonlySet<string> {
  return new Set(cell.threats.flatMap(cameFrom));
}

/** Groups of one title as one, each word once. */
function together(groups: readonly CategoryGroup[]): readonly CategoryGroup[] {
  const titles = [...new Set(groups.map(({ title }) => title))];
  return titles.map((title) => {
    const words = groups.filter((group) => group.title === title).flatMap((group) => group.words);
    return { title, words: [...new Set(words)] };
  });
}

function offerOf(
  entry: KeptThreat,
  { diagram, cell }: Target,
  groups: readonly CategoryGroup[],
  isThere: boolean,
): Offer {
  const { id, version, origin, title, description, mitigation, severity, references, tags } = entry;
  const methodology = modelTypeOf(diagram);
  const category = categoryBy(methodology, entry);
  return {
    key: JSON.stringify(['library', id]),
    diagram,
    cell,
    rule: null,
    entry: { id, version, file: fileOf(origin), references, tags },
    methodology,
    category: category ?? groups[0]?.words[0] ?? '',
    choices: category === undefined ? groups : [],
    wording: { title, severity: severityOf(severity), description, mitigation },
    state: isThere ? 'present' : 'new',
    reason: '',
  };
}
