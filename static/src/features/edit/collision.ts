/// Collisions in words: where they are, how they came about, the values, and what both of them would be.
import type { Conflict } from '../../api/conflict.ts';
import type { Problem } from '../../api/problem.ts';
import { t } from '../../i18n/translate.svelte.ts';
import { fieldName, valueWords } from '../history/naming.ts';

/** How changes collide, by the server's word for it, where that is not plain from the values. */
const COLLISIONS = ['deleted_by_us', 'deleted_by_them', 'needed_by_us', 'needed_by_them', 'incompatible'] as const;

/** The objects that members are in: nobody calls them by that. */
const INNER = new Set(['data', 'summary', 'detail']);

/** What holds free text: of two both can stay. Elsewhere a text is a choice of few, or what programs read. */
const LINES = new Set(['description', 'mitigation', 'reasonOutOfScope']);
const WORDS = new Set(['title', 'name', 'owner', 'reviewer', 'protocol', 'privilegeLevel']);

/** The one list whose order says nothing. */
const CONTRIBUTORS = /^detail\/contributors(\/|$)/;

/** Longer values have their own place, in characters. */
export const SHORT = 80;

/** Whether the person can say for each place which value is right, and for all at once that are not listed. */
export function canBeSettled({ conflicts }: Problem): boolean {
  return conflicts.length > 0 && conflicts.every(({ place }) => place !== null);
}

/** At how many places more it collides than are listed. */
export function moreThanListed({ conflicts, conflictCount }: Problem): number {
  return Math.max(0, conflictCount - conflicts.length);
}

/** Collisions by what is decided together: how a diagram is drawn at once, all else place by place. */
export function together(conflicts: readonly Conflict[]): readonly (readonly Conflict[])[] {
  const groups = new Map<string, Conflict[]>();
  conflicts.forEach((conflict, index) => {
    const { layout, place } = conflict;
    const name = layout && place ? `drawing ${place.diagram}` : String(index);
    const group = groups.get(name);
    if (group) group.push(conflict);
    else groups.set(name, [conflict]);
  });
  return [...groups.values()];
}

/** What these are, which are decided together: how a diagram is drawn. */
export function drawingOf(conflicts: readonly Conflict[]): string {
  const diagram = conflicts[0]?.subject[0] ?? t('edit.the-model');
  return t('edit.drawing-of', { diagram, count: conflicts.length });
}

/** Such as `Paying › Shop › Severity`, or `Paying › Shop: they have deleted it, you have changed it`. */
export function whereOf({ subject, field, trouble }: Conflict): string {
  const names = subject.length > 0 ? subject : [t('edit.the-model')];
  const place = [...names, ...(field === '' ? [] : [memberName(field)])].join(' › ');
  const how = COLLISIONS.find((each) => each === trouble);
  return how === undefined ? place : t('edit.where-how', { place, how: t(`edit.how-${how}`) });
}

function memberName(field: string): string {
  const name = fieldName({ path: field });
  if (name !== field) return name;
  const keys = field.split('/').filter((part, index) => part !== '' && !(index === 0 && INNER.has(part)));
  return keys.map(spaced).join(' › ');
}

/** One of the three values. */
export function valueOf(conflict: Conflict, side: 'base' | 'ours' | 'theirs'): string {
  const value = conflict[side];
  const isWhole = conflict.field === '';
  if (conflict.leftOut.includes(side)) return t(isWhole ? 'edit.value-there' : 'edit.value-too-long');
  if (value === null) return t(isWhole ? 'edit.value-deleted' : 'edit.value-nothing');
  return isWhole ? t('edit.value-there') : written(conflict.field, value);
}

/** The text of one of the three values, to compare word by word; null where it is none, or is not told. */
export function textOf(conflict: Conflict, side: 'base' | 'ours' | 'theirs'): string | null {
  const value = conflict[side];
  return conflict.field !== '' && typeof value === 'string' ? value : null;
}

/** Whether both values can stay: a text after the other, or what is in either list. */
export function canBeBoth({ field, ours, theirs }: Conflict): boolean {
  if (CONTRIBUTORS.test(field)) return ours !== null && theirs !== null;
  const key = field.split('/').at(-1) ?? '';
  const isText = [ours, theirs].every((value) => typeof value === 'string' && value !== '');
  return isText && (LINES.has(key) || WORDS.has(key));
}

/** What stands between two texts that both stay. */
export function separatorOf({ field }: Conflict): string {
  return LINES.has(field.split('/').at(-1) ?? '') ? '\n\n' : ' / ';
}

/** `handlesPayment` as `handles payment`, for members that the format does not have. */
function spaced(key: string): string {
  return key.replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}

function written(field: string, value: unknown): string {
  if (value === '') return t('edit.value-empty');
  if (typeof value !== 'object' || value === null) return valueWords(field, value);
  const members = Object.entries(value);
  const isFlat = !Array.isArray(value) && members.every(([, each]) => typeof each !== 'object');
  return isFlat ? members.map(([key, each]) => `${key} ${String(each)}`).join(', ') : JSON.stringify(value);
}
