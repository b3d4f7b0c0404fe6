/// Numbers, dates and names in the way of the shown language.
import { shownLanguage } from './translate.svelte.ts';

export function formatNumber(value: number): string {
  return new Intl.NumberFormat(shownLanguage().tag).format(value);
}

/** The day: `29 Nov 2026`. */
export function formatDay(at: Date): string {
  return new Intl.DateTimeFormat(shownLanguage().tag, { dateStyle: 'medium' }).format(at);
}

/** The day and the minute. */
export function formatMoment(at: Date): string {
  return new Intl.DateTimeFormat(shownLanguage().tag, { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

/** As the person's clock shows it: to the second, and with the day where that is another one than today. */
export function formatClock(at: Date, today: Date): string {
  const isToday = at.toDateString() === today.toDateString();
  const day = isToday ? {} : ({ dateStyle: 'medium' } as const);
  return new Intl.DateTimeFormat(shownLanguage().tag, { ...day, timeStyle: 'medium' }).format(at);
}

const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 24 * 3600],
  ['month', 30 * 24 * 3600],
  ['day', 24 * 3600],
  ['hour', 3600],
  ['minute', 60],
];

/** How long ago, in its largest unit: "3 days ago", "yesterday". */
export function formatAgo(at: Date, now: Date): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const [unit, size] = UNITS.find(([, each]) => Math.abs(seconds) >= each) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(shownLanguage().tag, { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}

/** Several as one: "a, b and c". */
export function formatList(items: readonly string[]): string {
  return new Intl.ListFormat(shownLanguage().tag).format(items);
}

/** Compares names for sorting: digits by their value, small and capital letters alike. */
export function byName(one: string, other: string): number {
  return new Intl.Collator(shownLanguage().tag, { numeric: true, sensitivity: 'base' }).compare(one, other);
}

/** A share as per cent: `140 %`. */
export function formatPercent(share: number): string {
  return new Intl.NumberFormat(shownLanguage().tag, { style: 'percent' }).format(share);
}
