/// Threats whose library says something else by now: what is different, and what is done about it.
import type { Document } from '../../model/document.ts';
import { set } from '../../model/json/edit.ts';
import { get } from '../../model/json/node.ts';
import { takenFrom, updateOf, type KeptThreat, type Supply } from '../../model/library.ts';
import type { Operation } from '../../model/operation.ts';
import { severityOf } from '../../model/vocabulary.ts';
import { rowsOf, type ThreatRow } from '../threats/rows.ts';

/** What a threat and its library both say. */
export const FIELDS = ['title', 'description', 'mitigation', 'severity'] as const;
export type Field = (typeof FIELDS)[number];

export interface Update {
  readonly row: ThreatRow;
  readonly now: KeptThreat;
}

export interface Difference {
  readonly field: Field;
  readonly ours: string;
  readonly theirs: string;
}

/** Whether any threat of the model was taken from a library. */
export function isTakenFrom(document: Document): boolean {
  return document.diagrams.some(({ cells }) => cells.some(({ threats }) => threats.some(takenFrom)));
}

export function updatesIn(document: Document, supply: Supply): readonly Update[] {
  return rowsOf(document).flatMap((row) => {
    const now = row.editable ? updateOf(row.threat, supply) : null;
    return now ? [{ row, now }] : [];
  });
}

/** Where both say the same, however it is spelled, nothing is different. */
export function differences({ row: { threat }, now }: Update): readonly Difference[] {
  const theirs = { ...now, severity: severityOf(now.severity) };
  return FIELDS.map((field) => ({ field, ours: threat[field], theirs: theirs[field] })).filter(
    ({ ours, theirs }) => ours.replaceAll('\r\n', '\n').trim() !== theirs.replaceAll('\r\n', '\n').trim(),
  );
}

/** What is taken over unless somebody says otherwise: how bad it is here, the team may have judged itself. */
export function usuallyTaken(update: Update): readonly Field[] {
  return differences(update).flatMap(({ field, ours }) => (field === 'severity' && ours !== 'TBD' ? [] : field));
}

/** Takes these fields over; with none the threat stays as it is. Either way it is about the version of now. */
export function settlement(document: Document, { row, now }: Update, fields: readonly Field[]): Operation[] {
  const place = { diagram: row.diagram.id ?? 0, cell: row.cell.id, threat: row.threat.id };
  const changed = differences({ row, now }).filter(({ field }) => fields.includes(field));
  const own = get(row.threat.node, 'wyvern');
  const settled = own && set({ layout: document.layout, node: own, place: null }, ['version'], now.version);
  return [
    ...changed.map(({ field, theirs }): Operation => ({ type: 'setThreatField', ...place, key: field, value: theirs })),
    ...(settled ? [{ type: 'setThreatField', ...place, key: 'wyvern', value: settled } as const] : []),
  ];
}
