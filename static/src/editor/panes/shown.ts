/// Components as a test sees them: mounted on a page, found by what they are called.
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach } from 'vitest';

let undo: (() => void)[] = [];

afterEach(() => {
  undo.forEach((each) => each());
  undo = [];
  localStorage.clear();
});

export function show<P extends Record<string, unknown>>(component: Component<P>, props: P): void {
  const target = document.body.appendChild(document.createElement('div'));
  const mounted = mount(component, { target, props });
  flushSync();
  undo.push(() => {
    void unmount(mounted);
    target.remove();
  });
}

export function textOf(element: Element | null | undefined): string {
  return (element?.textContent ?? '').replace(/\s+/g, ' ').trim();
}

/** The control with this label. Inputs, areas and selects have in common what the tests use. */
export function control(label: string): HTMLInputElement {
  const id = [...document.querySelectorAll('label')].find((each) => textOf(each) === label)?.htmlFor;
  const element = document.querySelector<HTMLInputElement>(id ? `[id="${id}"]` : `[aria-label="${label}"]`);
  if (!element) throw new Error(`nothing is labelled ${label}`);
  return element;
}

/** The button, tab or summary with this text. */
export function button(text: string): HTMLButtonElement {
  const found = [...document.querySelectorAll('button')].find(
    (each) => textOf(each) === text || each.getAttribute('aria-label') === text,
  );
  if (!found) throw new Error(`there is no button ${text}`);
  return found;
}

export async function press(element: Element, key: string, more: KeyboardEventInit = {}): Promise<void> {
  element.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }));
  await settled();
}

export async function click(element: HTMLElement): Promise<void> {
  element.click();
  await settled();
}

/** Gives a control a value as a person does, and leaves the focus in it. */
export async function enter(element: HTMLInputElement, value: string): Promise<void> {
  element.focus();
  element.value = value;
  element.dispatchEvent(new Event('input', { bubbles: true }));
  element.dispatchEvent(new Event('change', { bubbles: true }));
  await settled();
}

/** After what the components do in the next moments. */
export async function settled(): Promise<void> {
  flushSync();
  await Promise.resolve();
  await Promise.resolve();
  flushSync();
}
