/// A threat that is offered for an element: by a rule, or for a category that the element has no threat of yet.
import type { Scope, Suggestion } from '../../api/suggestions.ts';
import { categoryHere, modelTypeOf, takesThreats } from '../../editor/panes/threat.ts';
import { categoryName } from '../../i18n/categories.ts';
import { canHaveThreats, methodologyOf } from '../../model/categories.ts';
import type { CategoryGroup } from '../../model/categories.ts';
import type { Document } from '../../model/document.ts';
import { cameFrom } from '../../model/library.ts';
import { categoriesIn, ownOf, type OwnMethodology } from '../../model/own-methodology.ts';
import type { CellView, DiagramView } from '../../model/views.ts';
import { severityOf, type Severity } from '../../model/vocabulary.ts';
import type { Target } from '../threats/rows.ts';
import { dismissalOf } from './dismissing.ts';

/** What of a threat can be changed before it is added. */
export interface Wording {
  /** What somebody has chosen where nobody else said it. */
  readonly category?: string;
  readonly title: string;
  readonly severity: Severity;
  readonly description: string;
  readonly mitigation: string;
}

/** `present`: the element has it. */
export type OfferState = 'new' | 'present' | 'dismissed';

/** Whose an offer is, and what others have published about it. */
export interface OfferOrigin {
  readonly id: string;
  /** The file of the repository that it is in; empty for those that are built in. */
  readonly file: string;
  readonly references: readonly string[];
}

/** The rule that an offer comes from. */
export interface OfferRule extends OfferOrigin {
  readonly because: string;
}

/** The threat of a library that an offer is. */
export interface OfferEntry extends OfferOrigin {
  readonly version: string;
  readonly tags: readonly string[];
}

export interface Offer {
  /** Tells it from all others. */
  readonly key: string;
  readonly diagram: DiagramView;
  readonly cell: CellView;
  /** Null for what is offered by category or from a library. */
  readonly rule: OfferRule | null;
  /** Null for what is no library's. */
  readonly entry: OfferEntry | null;
  readonly methodology: string;
  readonly category: string;
  /** To choose the category from, where it is only the first that fits; else empty. */
  readonly choices: readonly CategoryGroup[];
  readonly wording: Wording;
  readonly state: OfferState;
  /** Why it was dismissed. */
  readonly reason: string;
}

/** What the rules offer, as it stands with the document now; what is about elements that are gone is left out. */
export function offersByRule(document: Document, suggestions: readonly Suggestion[]): Offer[] {
  const offers = suggestions.flatMap((suggestion): Offer[] => {
    const diagram = suggestion.diagram === null ? undefined : document.diagram(suggestion.diagram);
    const cell = diagram?.cell(suggestion.element);
    if (!diagram || !cell) return [];
    const { rule, origin, because, references, methodology, category, title, description, mitigation } = suggestion;
    const reason = dismissalOf(cell, rule);
    return [
      {
        key: JSON.stringify([diagram.id, cell.id, rule]),
        diagram,
        cell,
        rule: { id: rule, file: origin === BUILT_IN ? '' : origin, because, references },
        entry: null,
        methodology,
        category,
        choices: [],
        wording: { title, severity: severityOf(suggestion.severity), description, mitigation },
        state: stateOf(cell, suggestion, reason),
        reason: reason ?? '',
      },
    ];
  });
  // Cells of a broken file may have the same id.
  return [...new Map(offers.map((offer) => [offer.key, offer])).values()];
}

const BUILT_IN = 'built-in';

/** The document may have changed since the server was asked: what has been dismissed or restored here, it tells. */
function stateOf(cell: CellView, { rule, state }: Suggestion, reason: string | null): OfferState {
  const has = cell.threats.some((threat) => cameFrom(threat).includes(rule));
  if (has || state === 'present') return 'present';
  return reason === null ? 'new' : 'dismissed';
}

/** An empty threat for each category that an element can have threats of and has none. */
export function offersByCategory(document: Document, scope: Scope, own: readonly OwnMethodology[]): Offer[] {
  return elementsIn(document, scope).flatMap(({ diagram, cell }) => {
    const used = new Set(cell.threats.map((threat) => categoryHere(threat, diagram, own)));
    return categoriesFor({ diagram, cell }, own)
      .filter((category) => !used.has(category))
      .map((category) => blank(diagram, cell, category, ownOf(diagram.type, own) !== undefined));
  });
}

/** The elements in a scope that can have threats. */
export function elementsIn(document: Document, { diagram: only, elements }: Scope): readonly Target[] {
  const diagrams = document.diagrams.filter(
    (diagram) => diagram.id !== null && document.diagram(diagram.id) === diagram && (only ?? diagram.id) === diagram.id,
  );
  return diagrams.flatMap((diagram) =>
    diagram.cells
      .filter((cell) => cell.id !== '' && diagram.cell(cell.id) === cell && takesThreats(cell))
      .filter((cell) => elements?.includes(cell.id) ?? true)
      .map((cell) => ({ diagram, cell })),
  );
}

/** What a threat to an element of a diagram can be. */
export function groupsFor(
  { diagram, cell: { kind } }: Target,
  own: readonly OwnMethodology[],
): readonly CategoryGroup[] {
  return canHaveThreats(kind) ? categoriesIn(diagram.type, kind, own) : [];
}

/** Each word once: two groups of a diagram without a methodology may have the same. */
function categoriesFor(target: Target, own: readonly OwnMethodology[]): readonly string[] {
  return [...new Set(groupsFor(target, own).flatMap(({ words }) => words))];
}

function blank(diagram: DiagramView, cell: CellView, category: string, isOwn: boolean): Offer {
  const methodology = modelTypeOf(diagram);
  const title = isOwn ? category : categoryName(category, methodologyOf(methodology));
  return {
    key: JSON.stringify([diagram.id, cell.id, 'category', category]),
    diagram,
    cell,
    rule: null,
    entry: null,
    methodology,
    category,
    choices: [],
    wording: { title, severity: 'TBD', description: '', mitigation: '' },
    state: 'new',
    reason: '',
  };
}
