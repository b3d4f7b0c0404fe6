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
  const done = (): void => {
    sheet.remove();
    document.documentElement.classList.remove(PRINTING);
  };
  window.addEventListener('afterprint', done, { once: true });
  window.print();
}
