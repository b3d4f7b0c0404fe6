/// Where the page reads from right to left, what is beside something is on its other side.

export function isMirrored(): boolean {
  return document.documentElement.dir === 'rtl';
}

/** An arrow key by its meaning: `ArrowRight` goes on in the direction of reading. */
export function readingKey(key: string): string {
  if (!isMirrored()) return key;
  if (key === 'ArrowRight') return 'ArrowLeft';
  return key === 'ArrowLeft' ? 'ArrowRight' : key;
}
