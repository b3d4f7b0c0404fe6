import { expect, test } from 'vitest';
import { holdDraft } from './draft-lock.ts';
import { Locks } from './locks-fixture.ts';

test('one holds a draft; the next does when it is let go', async () => {
  const locks = new Locks().manager;
  const release = await holdDraft('a', 1, locks);
  expect(await holdDraft('a', 1, locks)).toBeNull();
  expect(await holdDraft('b', 1, locks)).not.toBeNull();
  const waiting = holdDraft('a', 60_000, locks);
  release?.();
  expect(await waiting).not.toBeNull();
});

test('a browser without locks keeps drafts all the same', async () => {
  expect(await holdDraft('a', 1, undefined)).not.toBeNull();
});
