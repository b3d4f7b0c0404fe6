/// What a tab remembers while it lives, also when it is loaded again. Where the browser forbids that, nothing is
/// remembered.

export function recallInTab(key: string): string | null {
  try {
    return window.sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Null forgets it. */
export function rememberInTab(key: string, value: string | null): void {
  try {
    if (value === null) window.sessionStorage.removeItem(key);
    else window.sessionStorage.setItem(key, value);
  } catch {
    // The storage is full or forbidden: the next load begins as the first did.
  }
}
