/// Numbers as they are typed and shown.

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
  if (!Number.isFinite(number)) return 'This is not a number. Type digits, such as 120.';
  if (whole && !Number.isInteger(number)) return 'This must be a whole number.';
  if (number < least) return `This must be ${least} or more.`;
  return number;
}
