import { flushSync, mount, unmount } from 'svelte';
import { expect, test, vi } from 'vitest';
import { Document } from '../../model/document.ts';
import { newModel } from '../../model/new-model.ts';
import { Drafts } from './drafts.ts';
import type { Home } from './home.ts';
import LeaveDialog from './LeaveDialog.svelte';
import { Work } from './work.svelte.ts';

const home: Home = {
  key: 'file 1',
  fileName: 'shop.json',
  where: [],
  lasts: false,
  read: async () => ({ text: '', version: '' }),
  save: async (text) => ({ text, version: '', merged: false, notes: [] }),
};

test('who saves and leaves has been answered: the question does not stay for what comes next', async () => {
  const work = new Work(home, { text: '', version: '' }, Document.parse(newModel('Shop')), new Drafts(undefined), {
    newId: () => 'x',
    now: () => 0,
  });
  const [leaving, stay] = [vi.fn(), vi.fn()];
  const dialog = mount(LeaveDialog, { target: document.body, props: { work, leaving, stay } });
  flushSync();
  [...document.querySelectorAll('button')].find(({ textContent }) => textContent === 'Save')?.click();
  await expect.poll(() => stay.mock.calls.length).toBe(1);
  expect(leaving).toHaveBeenCalledOnce();
  await unmount(dialog);
});
