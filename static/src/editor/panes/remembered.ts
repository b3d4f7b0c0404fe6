/// What this browser remembers of how somebody likes the editor. Where it may not, nothing is remembered.
const PREFIX = 'wyvern.editor.';

export function recall(key: string): string | null {
  try {
    return localStorage.getItem(PREFIX + key);
  } catch {
    return null;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(PREFIX + key, value);
  } catch {
    // The storage is full or forbidden: the next visit begins as the first did.
  }
}
