/// The locks of a browser, for tests: who comes later waits.
export class Locks {
  readonly #held = new Map<string, Promise<unknown>>();

  request(name: string, { signal }: { signal: AbortSignal }, use: () => Promise<void>): Promise<void> {
    const before = this.#held.get(name) ?? Promise.resolve();
    const refused = new Promise<'refused'>((refuse) => signal.addEventListener('abort', () => refuse('refused')));
    const done = Promise.race([before, refused]).then((answer) => {
      if (answer === 'refused') throw new DOMException('', 'TimeoutError');
      return use();
    });
    this.#held.set(name, Promise.allSettled([before, done]));
    return done;
  }

  get manager(): LockManager {
    return this as unknown as LockManager;
  }
}
