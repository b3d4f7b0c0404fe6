/// What this browser remembers for the person between visits. Where the browser forbids that, nothing is remembered.

const PREFIX = 'wyvern.';

export function recall(name: string): string | null {
  try {
    return window.localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** Null forgets it. */
export function keep(name: string, value: string | null): void {
  try {
    if (value === null) window.localStorage.removeItem(PREFIX + name);
    else window.localStorage.setItem(PREFIX + name, value);
  } catch {
    // The storage is full or forbidden: the next visit begins as the first did.
  }
}
