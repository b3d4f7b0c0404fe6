/// Collisions in words: where they are, how they came about, and the values.
import type { Conflict } from '../../api/conflict.ts';
import type { Problem } from '../../api/problem.ts';

/** How changes collide, by the server's word for it, where that is not plain from the values. */
const COLLISIONS = new Map([
  ['deleted_by_us', 'you have deleted it, they have changed it'],
  ['deleted_by_them', 'they have deleted it, you have changed it'],
  ['needed_by_us', 'they have deleted it, you have drawn a flow to it'],
  ['needed_by_them', 'you have deleted it, they have drawn a flow to it'],
  ['incompatible', 'both changes do not go together'],
]);

/** The objects that members are in: nobody calls them by that. */
const INNER = new Set(['data', 'summary', 'detail']);
/** Longer values are cut. */
const VALUE_MAX = 200;

/** Whether the person can say for each place which value is right. */
export function canBeSettled({ conflicts, conflictCount }: Problem): boolean {
  return conflicts.length > 0 && conflicts.length === conflictCount && conflicts.every(({ place }) => place !== null);
}

/** Such as `Paying › Shop › severity`, or `Paying › Shop: they have deleted it, you have changed it`. */
export function whereOf({ subject, field, trouble }: Conflict): string {
  const member = field.split('/').filter((part, index) => part !== '' && !(index === 0 && INNER.has(part)));
  const place = [...(subject.length > 0 ? subject : ['The model']), ...member.map(spaced)].join(' › ');
  const how = COLLISIONS.get(trouble);
  return how === undefined ? place : `${place}: ${how}`;
}

/** One of the three values. */
export function valueOf(conflict: Conflict, side: 'base' | 'ours' | 'theirs'): string {
  const value = conflict[side];
  if (conflict.leftOut.includes(side)) return conflict.field === '' ? 'there' : 'too long to be shown';
  if (value === null) return conflict.field === '' ? 'deleted' : 'nothing';
  return conflict.field === '' ? 'there' : cut(written(value));
}

/** `reasonOutOfScope` as `reason out of scope`. */
function spaced(key: string): string {
  return key.replace(/([a-z])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`);
}

function written(value: unknown): string {
  if (typeof value === 'string') return value === '' ? 'empty' : value;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value);
  const isFlat = !Array.isArray(value) && members.every(([, each]) => typeof each !== 'object');
  return isFlat ? members.map(([key, each]) => `${key} ${String(each)}`).join(', ') : JSON.stringify(value);
}

function cut(text: string): string {
  return text.length > VALUE_MAX ? `${text.slice(0, VALUE_MAX)}…` : text;
}
