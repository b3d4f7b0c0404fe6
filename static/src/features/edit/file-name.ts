/// The name of a new model's file.

const LONGEST = 100;

/** A name that every system takes for a file, and that is none of those taken. */
export function fileNameFor(title: string, taken: readonly string[]): string {
  const plain = title
    .replace(/[\s\\/:*?"<>|\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .replace(/^\.+|\.+$/g, '');
  const name = [...plain].slice(0, LONGEST).join('') || 'Threat model';
  for (let count = 1; ; count += 1) {
    const full = count === 1 ? `${name}.json` : `${name} ${count}.json`;
    if (!taken.includes(full)) return full;
  }
}
