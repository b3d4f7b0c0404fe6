/// One tab at a time keeps the draft of a model: two would overwrite each other's.

/** A page that is loaded again may have to wait until the old one has let go. In milliseconds. */
export const PATIENCE = 500;

/** Holds a draft until the answer is called; null when another tab has it. Browsers without locks take none. */
export function holdDraft(
  key: string,
  patience = PATIENCE,
  locks: LockManager | undefined = navigator.locks,
): Promise<(() => void) | null> {
  if (!locks) return Promise.resolve(() => undefined);
  return new Promise((resolve) => {
    const held = () => new Promise<void>((release) => resolve(release));
    const request = locks.request(`wyvern.draft ${key}`, { signal: AbortSignal.timeout(patience) }, held);
    request.catch(() => resolve(null));
  });
}
