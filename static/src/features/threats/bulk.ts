/// What is done to many threats at once, as one step.
import { addition } from '../../editor/commands/clip/copies.ts';
import { canHaveThreats, methodologyOf } from '../../model/categories.ts';
import { categoriesIn, ownOf, type OwnMethodology } from '../../model/own-methodology.ts';
import type { Operation } from '../../model/operation.ts';
import type { Choice } from '../../editor/panes/field.ts';
import { categoryName } from '../../i18n/categories.ts';
import { valueOf } from './arrange.ts';
import type { Target, ThreatRow } from './rows.ts';

function placeOf({ diagram, cell, threat }: ThreatRow) {
  return { diagram: diagram.id ?? 0, cell: cell.id, threat: threat.id };
}

/** Sets a field of all, but of those that have the value already. */
export function setAll(
  rows: readonly ThreatRow[],
  key: 'status' | 'severity' | 'type' | 'mitigation',
  value: string | ((row: ThreatRow) => string),
): Operation[] {
  return rows.flatMap((row): Operation[] => {
    const next = typeof value === 'string' ? value : value(row);
    if (isNow(row, key, next)) return [];
    return [{ type: 'setThreatField', ...placeOf(row), key, value: next }];
  });
}

/** What counts as the same stays as the file has it: a category in another language, a word in other letters. */
function isNow(row: ThreatRow, key: 'status' | 'severity' | 'type' | 'mitigation', value: string): boolean {
  return (key === 'mitigation' ? row.threat.mitigation : valueOf(row, key)) === value;
}

/** A text behind what is there already. */
export function appended(before: string, text: string): string {
  return before.trim() === '' ? text : `${before.trimEnd()}\n${text}`;
}

export function removeAll(rows: readonly ThreatRow[]): Operation[] {
  return rows.map((row) => ({ type: 'removeThreat', ...placeOf(row) }));
}

export function copyAll(rows: readonly ThreatRow[], { diagram, cell }: Target, newId: () => string): Operation[] {
  return rows.map(({ threat }) => addition(threat.node, diagram.id ?? 0, cell.id, newId()));
}

/** The types that each of these threats can have, where they are. */
export function commonTypes(rows: readonly ThreatRow[], own: readonly OwnMethodology[]): Choice[] {
  const offered = new Map<string, ReadonlySet<string>>();
  for (const { diagram, cell } of rows) {
    const key = `${diagram.type}\n${cell.kind}`;
    if (offered.has(key)) continue;
    const groups = canHaveThreats(cell.kind) ? categoriesIn(diagram.type, cell.kind, own) : [];
    offered.set(key, new Set(groups.flatMap(({ words }) => words)));
  }
  const [first, ...others] = offered.values();
  const type = rows[0]?.diagram.type ?? '';
  const methodology = methodologyOf(type);
  const isOwn = ownOf(type, own) !== undefined;
  return [...(first ?? [])]
    .filter((word) => others.every((other) => other.has(word)))
    .map((value) => ({ value, text: isOwn ? value : categoryName(value, methodology) }));
}
