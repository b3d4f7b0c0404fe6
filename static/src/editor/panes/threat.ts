/// Threats as they are edited: what can be chosen, how one is copied, and what its changes are called.
import { categoryOf, canHaveThreats, methodologyOf, nextCategory } from '../../model/categories.ts';
import type { CategoryGroup, Methodology } from '../../model/categories.ts';
import type { Document } from '../../model/document.ts';
import { set } from '../../model/json/edit.ts';
import { asText, get, type Json } from '../../model/json/node.ts';
import { categoriesIn, ownOf, type OwnMethodology } from '../../model/own-methodology.ts';
import type { CellView, DiagramView, ThreatView } from '../../model/views.ts';
import { SEVERITIES, STATUSES, statusOf, type Severity } from '../../model/vocabulary.ts';
import { categoryName } from '../../i18n/categories.ts';
import { severityName, statusWord } from '../../i18n/terms.ts';
import { t } from '../../i18n/translate.svelte.ts';
import type { Choice, ChoiceGroup } from './field.ts';

export function statusName(threat: ThreatView): string {
  return threat.status === null ? threat.statusText : statusWord(threat.status);
}

/** The methodology by which a threat is told: its own, or that of the diagram it is in. */
export function methodologyFor(threat: ThreatView, diagram: DiagramView): Methodology | null {
  return methodologyOf(asText(get(threat.node, 'modelType')) ?? '') ?? methodologyOf(diagram.type);
}

/** The type of a threat as a reader calls it. */
export function typeName(threat: ThreatView, diagram: DiagramView): string {
  return categoryName(threat.type, methodologyFor(threat, diagram));
}

/** Why a cell cannot get threats; null when it can. */
export function whyNoThreats(cell: CellView): string | null {
  if (cell.isBoundary) return t('threats.none-boundary');
  if (cell.kind === 'text') return t('threats.none-text');
  if (!canHaveThreats(cell.kind)) return t('threats.none-unknown');
  return cell.outOfScope ? t('threats.none-out-of-scope') : null;
}

/** Whether a cell can get threats now. */
export function takesThreats(cell: CellView): boolean {
  return canHaveThreats(cell.kind) && !cell.outOfScope;
}

/** A choice among words, with the word of the file when it is none of them. */
export interface WordChoice {
  readonly value: string;
  readonly groups: readonly ChoiceGroup[];
}

/** `key` is what a word is compared by. */
export function choiceOf(now: string, groups: readonly ChoiceGroup[], key = now): WordChoice {
  const known = groups
    .flatMap((group) => group.choices)
    .find((choice) => choice.value.toLowerCase() === key.toLowerCase());
  if (known) return { value: known.value, groups };
  const own: ChoiceGroup = {
    title: t('threats.as-in-file'),
    choices: [{ value: now, text: now || t('threats.not-said') }],
  };
  return { value: now, groups: [...groups, own] };
}

export function statusChoices(): readonly Choice[] {
  return STATUSES.map((value) => ({ value, text: statusWord(value) }));
}

export function severityChoices(): readonly Choice[] {
  return SEVERITIES.map((value) => ({ value, text: severityText(value) }));
}

function severityText(severity: Severity): string {
  return severity === 'TBD' ? t('threats.severity-undecided') : severityName(severity);
}

export function statusChoice(threat: ThreatView): WordChoice {
  return choiceOf(statusOf(threat.statusText) ?? threat.statusText, [{ title: '', choices: statusChoices() }]);
}

export function severityChoice(threat: ThreatView): WordChoice {
  const now = asText(get(threat.node, 'severity')) ?? '';
  const word = now === '' || now.toLowerCase() === 'tba' ? 'TBD' : now;
  return choiceOf(word, [{ title: '', choices: severityChoices() }]);
}

/** Titles only where there are several groups. */
export function categoryChoices(groups: readonly CategoryGroup[], methodology: Methodology | null): ChoiceGroup[] {
  return groups.map(({ title, words, isOwn }) => ({
    title: groups.length > 1 ? title : '',
    choices: words.map((value) => ({
      value,
      text: isOwn ? value : categoryName(value, methodologyOf(title) ?? methodology),
    })),
  }));
}

/** What a threat's category is compared by where it is: the words of an own methodology are as they are. */
export function categoryHere(threat: ThreatView, diagram: DiagramView, own: readonly OwnMethodology[]): string {
  return ownOf(diagram.type, own) ? threat.type.trim() : categoryOf(threat.type, methodologyFor(threat, diagram));
}

export function typeChoice(
  threat: ThreatView,
  cell: CellView,
  diagram: DiagramView,
  own: readonly OwnMethodology[],
): WordChoice {
  const methodology = methodologyOf(diagram.type);
  const groups = canHaveThreats(cell.kind) ? categoriesIn(diagram.type, cell.kind, own) : [];
  return choiceOf(threat.type, categoryChoices(groups, methodology), categoryHere(threat, diagram, own));
}

/** The category for one threat more of a cell. */
export function usualType(cell: CellView, diagram: DiagramView, own: readonly OwnMethodology[]): string {
  if (!canHaveThreats(cell.kind)) return '';
  const used = cell.threats.map((threat) => categoryHere(threat, diagram, own));
  return nextCategory(categoriesIn(diagram.type, cell.kind, own), used);
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

/** How steps call a threat: by its title, or its number. */
export function calledThreat(threat: ThreatView): string {
  return threat.title.trim() || (threat.number === null ? '' : `#${threat.number}`);
}
