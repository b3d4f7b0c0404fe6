/// Numbers as they are typed and shown.
import { t } from '../../i18n/translate.svelte.ts';

export interface Limits {
  readonly least?: number;
  readonly whole?: boolean;
}

/** Two decimals are enough to see; the file keeps all. */
export function shown(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** The number that a text says, or what is wrong with it. */
export function readNumber(text: string, { least = -Infinity, whole = false }: Limits): number | string {
  const trimmed = text.trim().replace(',', '.');
  const number = trimmed === '' ? NaN : Number(trimmed);
  if (!Number.isFinite(number)) return t('panes.not-a-number');
  if (whole && !Number.isInteger(number)) return t('panes.not-whole');
  if (number < least) return t('panes.not-less', { least });
  return number;
}
