/// Days as files have them: `YYYY-MM-DD`.

/** The day, at noon here so that it is that day wherever one is; null for what is none. */
export function dayOf(text: string): Date | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text.trim()) ?? [];
  const date = new Date(Number(year), Number(month) - 1, Number(day), 12);
  const isOne = date.getMonth() === Number(month) - 1 && date.getDate() === Number(day);
  return isOne ? date : null;
}
