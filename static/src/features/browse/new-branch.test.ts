import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { branches } from '../../api/calls.ts';
import { createBranch } from '../../api/models.ts';
import NewBranch from './NewBranch.svelte';

vi.mock('../../api/calls.ts', () => ({ branches: vi.fn() }));
vi.mock('../../api/models.ts', () => ({ createBranch: vi.fn(async () => ({ text: '', version: '' })) }));

let shown: object | null = null;

afterEach(async () => {
  if (shown) await unmount(shown);
  shown = null;
  vi.clearAllMocks();
});

async function makeFrom(listed: readonly string[]): Promise<string | undefined> {
  vi.mocked(branches).mockResolvedValue({
    branches: [
      { name: 'trunk', protected: true },
      { name: 'other', protected: false },
    ],
    pagination: { page: 1, next: false, prev: false },
  });
  const onmade = vi.fn();
  const props = { repository: 'acme/shop', branches: listed, onclose: () => {}, onmade };
  shown = mount(NewBranch, { target: document.body, props });
  flushSync();
  await vi.waitFor(() => expect(document.querySelector('select')?.value).not.toBe(''));
  const name = document.querySelector<HTMLInputElement>('input');
  if (!name) throw new Error('there is a field');
  name.value = 'try';
  name.dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
  document.querySelector('form')?.dispatchEvent(new SubmitEvent('submit', { bubbles: true, cancelable: true }));
  await vi.waitFor(() => expect(onmade).toHaveBeenCalledWith('try'));
  return vi.mocked(createBranch).mock.calls[0]?.[2];
}

test('where no branch is listed a new one begins at the default branch', async () => {
  expect(await makeFrom([])).toBe('trunk');
});

test('a new branch begins at the first that is listed', async () => {
  expect(await makeFrom(['listed', 'trunk'])).toBe('listed');
  expect(branches).not.toHaveBeenCalled();
});
