import { expect, test } from 'vitest';
import { holdDraft } from './draft-lock.ts';

/** The locks of a browser: who comes later waits. */
class Locks {
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

test('one holds a draft; the next does when it is let go', async () => {
  const locks = new Locks().manager;
  const release = await holdDraft('a', locks);
  expect(await holdDraft('a', locks, 1)).toBeNull();
  expect(await holdDraft('b', locks, 1)).not.toBeNull();
  const waiting = holdDraft('a', locks, 60_000);
  release?.();
  expect(await waiting).not.toBeNull();
});

test('a browser without locks keeps drafts all the same', async () => {
  expect(await holdDraft('a', undefined)).not.toBeNull();
});
