/// The page's heading as the place for the focus.

/** Puts the focus on the heading: where a page begins, and where what had the focus goes away. */
export function focusHeading(): void {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}
