/// What a cell's `data` holds that no field shows: kept as it is, and shown so that nobody wonders.
import { asText, get, isObject } from '../../model/json/node.ts';
import type { CellView } from '../../model/views.ts';
import { FIELD_GROUPS } from './fields.ts';

/** What the format derives, and what other panes show. */
const ELSEWHERE = new Set([
  'type',
  'threats',
  'threatFrequency',
  'hasOpenThreats',
  'isTrustBoundary',
  'containedElements',
  'crossingFlows',
  'trustBoundaryIds',
  'wyvern',
]);

/** Longer values are cut: they are there to be noticed. */
const LONGEST = 1_000;

export interface OtherMember {
  readonly key: string;
  readonly text: string;
}

export function othersOf(cell: CellView): OtherMember[] {
  const data = get(cell.node, 'data');
  if (!isObject(data)) return [];
  const shown = new Set<string>(
    FIELD_GROUPS.flatMap((group) => group.fields).flatMap((field) => (field.has(cell) ? field.id : [])),
  );
  if (cell.kind === 'text') shown.add('name');
  return data.parts
    .filter(({ key }) => !ELSEWHERE.has(key) && !shown.has(key))
    .map(({ key, value }) => ({ key, text: cut(asText(value) ?? value.raw) }));
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
