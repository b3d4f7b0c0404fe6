/// The page's heading as the place for the focus.

/** Puts the focus on the heading: where a page begins, and where what had the focus goes away. */
export function focusHeading(): void {
  document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
}

/** For the heading of a page that comes later than the move to it: nobody has gone elsewhere meanwhile. */
export function takesLostFocus(heading: HTMLElement): void {
  if (document.activeElement === document.body) heading.focus();
}
