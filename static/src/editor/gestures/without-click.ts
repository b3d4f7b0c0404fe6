/// The click that ends a press is kept from what has opened under it.

/** Till the next press, a click of a pointer reaches nobody; one of a key or of a reader does. */
export function withoutClick(): void {
  const over = new AbortController();
  const options = { capture: true, signal: over.signal };
  const swallow = (event: MouseEvent) => {
    if (event.detail === 0) return;
    event.preventDefault();
    event.stopPropagation();
    over.abort();
  };
  window.addEventListener('click', swallow, options);
  window.addEventListener('pointerdown', () => over.abort(), options);
}
