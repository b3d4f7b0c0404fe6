/// A diagram as an SVG file that stands alone: no script, nothing fetched, all text as text.
import { t } from '../../i18n/translate.svelte.ts';
import type { Document } from '../../model/document.ts';
import type { CellView, DiagramView } from '../../model/views.ts';
import { grow, union, type Box } from '../geometry/box.ts';
import { inDrawing } from '../geometry/path.ts';
import { badgeOf } from '../figure/badge.ts';
import { figureOf } from '../figure/figure.ts';
import { backToFront } from '../figure/order.ts';
import { paint, themePaint, type Theme } from '../figure/paint.ts';
import { transformOf, type Figure, type Part } from '../figure/parts.ts';

export interface SvgOptions {
  readonly theme?: Theme;
  /** How much larger than in the diagram it is shown. */
  readonly scale?: number;
  /** Whether elements with open threats have their badge. */
  readonly badges?: boolean;
}

const MARGIN = 20;
const EMPTY: Box = { x: 0, y: 0, width: 400, height: 300 };

/** The whole diagram, or only `cells` of it. */
export function toSvg(
  document: Document,
  diagram: DiagramView,
  options: SvgOptions = {},
  cells: readonly CellView[] = diagram.cells,
): string {
  const { theme = 'light', scale = 1, badges = false } = options;
  const drawn = backToFront(cells);
  const figures = drawn.map((cell) => ({ cell, figure: figureOf(cell, diagram) }));
  const marks = badges ? drawn.flatMap((cell) => badgeOf(cell, diagram) ?? []) : [];
  const around = [...figures.flatMap(({ figure }) => figure.bounds ?? []), ...marks.map((mark) => mark.box)];
  const view = grow(union(around) ?? EMPTY, MARGIN);
  const ground = `<rect${written({ ...view, fill: themePaint(paint('surface'), theme) })}/>`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg${written({ xmlns: 'http://www.w3.org/2000/svg', ...frame(view, scale), role: 'img' })}>`,
    `<title>${escaped(diagram.title || t('canvas.picture-title'))}</title>`,
    `<desc>${escaped(description(document, diagram))}</desc>`,
    ground,
    ...figures.map(({ cell, figure }) => group(cell, figure, theme)),
    ...marks.map((mark) => `<g><title>${escaped(mark.words)}</title>${inner(mark.parts, theme)}</g>`),
    '</svg>',
    '',
  ].join('\n');
}

/** XML 1.0 knows no way to write these characters. */
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
const ESCAPES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
]);

export function escaped(text: string): string {
  return text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (character) => ESCAPES.get(character) ?? character);
}

function description(document: Document, diagram: DiagramView): string {
  const model = document.title === '' ? '' : t('canvas.picture-of', { model: document.title });
  return [model, diagram.description].filter((part) => part !== '').join(' ');
}

function frame(view: Box, scale: number) {
  return {
    viewBox: [view.x, view.y, view.width, view.height].map(inDrawing).join(' '),
    width: inDrawing(view.width * scale),
    height: inDrawing(view.height * scale),
  };
}

function group(cell: CellView, figure: Figure, theme: Theme): string {
  const transform = transformOf(figure);
  const attributes = transform === '' ? {} : { transform };
  const title = cell.name === '' ? '' : `<title>${escaped(cell.name)}</title>`;
  return `<g${written(attributes)}>${title}${inner(figure.parts, theme)}</g>`;
}

function inner(parts: readonly Part[], theme: Theme): string {
  return parts.map((part) => drawnPart(part, theme)).join('');
}

function drawnPart(part: Part, theme: Theme): string {
  const fill = themePaint(part.fill, theme);
  if (part.tag !== 'text') {
    const stroke = themePaint(part.stroke, theme);
    return `<${part.tag}${written({ ...part.attributes, fill, stroke })}/>`;
  }
  const lines = part.lines.map(({ text, x, y }) => `<tspan${written({ x, y })}>${escaped(text)}</tspan>`);
  return `<text${written({ ...part.attributes, fill })} xml:space="preserve">${lines.join('')}</text>`;
}

function written(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => {
      const text = typeof value === 'number' ? inDrawing(value) : escaped(value);
      return ` ${name}="${text}"`;
    })
    .join('');
}
