import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test, vi } from 'vitest';
import { deletedModels } from './deleted.svelte.ts';
import ModelMenu from './ModelMenu.svelte';

vi.mock('../edit/provider-drafts.ts', () => ({ hasUnsaved: async () => false }));

let shown: object | null = null;

afterEach(async () => {
  if (shown) await unmount(shown);
  shown = null;
});

function press(name: string) {
  const button = [...document.querySelectorAll('button')].find((each) => each.textContent.trim() === name);
  button?.click();
  flushSync();
  return button !== undefined;
}

test('while a model is deleted its menu says so and opens no more', async () => {
  let answer = () => {};
  const deleting = vi
    .spyOn(deletedModels, 'delete')
    .mockReturnValue(new Promise<void>((resolve) => (answer = resolve)));
  const ondeleted = vi.fn();
  const at = { provider: 'local', repository: 'demo/shop', branch: 'main', model: 'checkout' } as const;
  shown = mount(ModelMenu, { target: document.body, props: { at, onrenamed: () => {}, ondeleted } });
  flushSync();
  const open = () => document.querySelector<HTMLButtonElement>('button.open');
  const menu = document.querySelector<HTMLElement>('[popover]');
  // The browser of the tests has no popovers.
  if (menu) menu.hidePopover = () => {};
  const opened = Object.assign(new Event('beforetoggle'), { newState: 'open' });
  menu?.dispatchEvent(opened);
  flushSync();
  expect(press('Delete')).toBe(true);
  await vi.waitFor(() => expect(deleting).toHaveBeenCalledTimes(1));
  flushSync();
  expect([open()?.getAttribute('aria-disabled'), open()?.hasAttribute('popovertarget')]).toEqual(['true', false]);
  expect(open()?.getAttribute('aria-label')).toMatch(/checkout/);
  press('Delete');
  expect(deleting).toHaveBeenCalledTimes(1);
  answer();
  await vi.waitFor(() => expect(ondeleted).toHaveBeenCalledTimes(1));
});
