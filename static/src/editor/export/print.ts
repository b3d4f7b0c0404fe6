/// Printing a diagram: the page shows the drawing alone, as large as the paper, for as long as it prints.
import './print.css';

const PRINTING = 'prints-diagram';

/** Prints an SVG of `toSvg`. */
export function print(svg: string): void {
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  const sheet = document.createElement('div');
  sheet.className = 'printed-diagram';
  sheet.append(document.importNode(parsed, true));
  document.body.append(sheet);
  document.documentElement.classList.add(PRINTING);
  const settled = new AbortController();
  const done = (): void => {
    settled.abort();
    sheet.remove();
    document.documentElement.classList.remove(PRINTING);
  };
  const { signal } = settled;
  window.addEventListener('afterprint', done, { signal });
  window.matchMedia('print').addEventListener('change', ({ matches }) => !matches && done(), { signal });
  window.print();
  // Not every browser says that it has printed; then one is back on the page.
  if (signal.aborted) return;
  for (const back of ['pointerdown', 'keydown']) window.addEventListener(back, done, { signal, capture: true });
}
