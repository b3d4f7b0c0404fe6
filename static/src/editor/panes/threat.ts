/// Threats as the pane edits them: what can be chosen, and how one is copied.
import { categoriesOf, categoryName, methodologyOf, nextCategory, canHaveThreats } from '../../model/categories.ts';
import type { Document } from '../../model/document.ts';
import { set } from '../../model/json/edit.ts';
import { asText, get, type Json } from '../../model/json/node.ts';
import type { CellView, DiagramView, ThreatView } from '../../model/views.ts';
import { SEVERITIES, STATUSES, statusOf, type Status } from '../../model/vocabulary.ts';
import type { Choice, ChoiceGroup } from './field.ts';

export const STATUS_NAMES: Readonly<Record<Status, string>> = {
  Open: 'Open',
  NotApplicable: 'Not applicable',
  Mitigated: 'Mitigated',
  Accepted: 'Accepted',
  Transferred: 'Transferred',
  Avoided: 'Avoided',
  Eliminated: 'Eliminated',
};

export function statusName(threat: ThreatView): string {
  return threat.status === null ? threat.statusText : STATUS_NAMES[threat.status];
}

/** Why a cell cannot get threats; null when it can. */
export function whyNoThreats(cell: CellView): string | null {
  if (cell.isBoundary)
    return 'Trust boundaries have no threats of their own. Add them to the elements inside and to the flows across.';
  if (cell.kind === 'text') return 'Texts have no threats.';
  if (!canHaveThreats(cell.kind)) return 'Elements of an unknown kind cannot get threats.';
  if (cell.outOfScope) return 'This element is out of scope. Bring it back into scope to add threats.';
  return null;
}

/** A choice among words, with the word of the file when it is none of them. */
export interface WordChoice {
  readonly value: string;
  readonly groups: readonly ChoiceGroup[];
}

function choiceOf(now: string, groups: readonly ChoiceGroup[]): WordChoice {
  const known = groups
    .flatMap((group) => group.choices)
    .find((choice) => choice.value.toLowerCase() === now.toLowerCase());
  if (known) return { value: known.value, groups };
  const own: ChoiceGroup = { title: 'As in the file', choices: [{ value: now, text: now || 'Not said' }] };
  return { value: now, groups: [...groups, own] };
}

export function statusChoice(threat: ThreatView): WordChoice {
  const choices: Choice[] = STATUSES.map((value) => ({ value, text: STATUS_NAMES[value] }));
  return choiceOf(statusOf(threat.statusText) ?? threat.statusText, [{ title: '', choices }]);
}

export function severityChoice(threat: ThreatView): WordChoice {
  const now = asText(get(threat.node, 'severity')) ?? '';
  const choices: Choice[] = SEVERITIES.map((value) => ({ value, text: value === 'TBD' ? 'To be decided' : value }));
  return choiceOf(now === '' || now.toLowerCase() === 'tba' ? 'TBD' : now, [{ title: '', choices }]);
}

export function typeChoice(threat: ThreatView, cell: CellView, diagram: DiagramView): WordChoice {
  const groups = canHaveThreats(cell.kind) ? categoriesOf(methodologyOf(diagram.type), cell.kind) : [];
  return choiceOf(
    threat.type,
    groups.map(({ title, words }) => ({
      title: groups.length > 1 ? title : '',
      choices: words.map((value) => ({ value, text: categoryName(value) })),
    })),
  );
}

/** The category for one threat more of a cell. */
export function usualType(cell: CellView, diagram: DiagramView): string {
  if (!canHaveThreats(cell.kind)) return '';
  const used = cell.threats.map((threat) => threat.type);
  return nextCategory(categoriesOf(methodologyOf(diagram.type), cell.kind), used);
}

/** What new threats say they belong to: the word that the format has for it. */
export function modelTypeOf(diagram: DiagramView): string {
  return methodologyOf(diagram.type) ?? diagram.type;
}

/** The score is text, but a number in files that were converted. */
export function scoreOf(threat: ThreatView): string {
  const score = get(threat.node, 'score');
  return asText(score) ?? (score?.kind === 'number' ? score.raw : '');
}

/** The same threat with another id, all that is unknown about it kept. */
export function copyOf(threat: ThreatView, id: string, document: Document): Json {
  return set({ node: threat.node, layout: document.layout, place: null }, ['id'], id);
}
