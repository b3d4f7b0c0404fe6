/// Methodologies that a team has defined in its packs of rules. Their words are the team's: none is translated.
import { categoriesOf, methodologyOf, type CategoryGroup, type ThreatenedKind } from './categories.ts';

export interface OwnMethodology {
  /** What `diagramType` and `modelType` say. */
  readonly id: string;
  readonly name: string;
  readonly categories: Readonly<Record<ThreatenedKind, readonly string[]>>;
}

/** The team's methodology that a diagram's type names; of two with one id, the first. */
export function ownOf(type: string, own: readonly OwnMethodology[]): OwnMethodology | undefined {
  return methodologyOf(type) === null ? own.find(({ id }) => id === type) : undefined;
}

/** What a threat to such an element can be in a diagram of this type. */
export function categoriesIn(
  type: string,
  kind: ThreatenedKind,
  own: readonly OwnMethodology[],
): readonly CategoryGroup[] {
  const found = ownOf(type, own);
  if (!found) return categoriesOf(methodologyOf(type), kind);
  return [{ title: found.name, words: found.categories[kind], isOwn: true }];
}
