/// What a cell puts on the page: where it is hit, the parts of its figure, and where its name is hit; as plain data.
import { cssPaint } from '../figure/paint.ts';
import { transformOf, type Attributes, type Figure, type Part, type TextLine } from '../figure/parts.ts';
import { sizeOf } from '../geometry/box.ts';
import type { Point } from '../geometry/point.ts';
import type { Placed } from './scene.ts';

export interface Drawn {
  readonly tag: string;
  readonly attributes: Attributes;
  /** The lines of a text. */
  readonly lines: readonly TextLine[];
}

const NO_LINES: readonly TextLine[] = [];

/** From afar, words are too small to be read and are left out. */
export function contentsOf(placed: Placed, far: boolean): Drawn[] {
  const { figure } = placed;
  const parts = far ? figure.parts.flatMap((part) => fromAfar(part, figure)) : figure.parts;
  // Thousands of groups that are moved are slow to paint: what is not turned is drawn where it is.
  const by = figure.turn === null ? figure : ORIGIN;
  const hits = [...strip(placed), ...(far ? [] : sign(placed))].map((each) => shifted(each, by));
  return [...hits.slice(0, 1), ...parts.map((part) => drawn(part, by)), ...hits.slice(1)];
}

/** The `transform` of the group that holds the contents. */
export function groupTransform(figure: Figure): string | undefined {
  return figure.turn === null ? undefined : transformOf(figure);
}

/** Lines go on to the tips of the heads: with thin lines there would be gaps. Heads have a border, to be seen. */
function fromAfar(part: Part, { flow }: Figure): Part[] {
  if (part.tag === 'text') return [];
  if (part.role === 'line' && flow) return [{ ...part, attributes: { ...part.attributes, d: flow.path.d } }];
  if (part.role === 'marker') return [{ ...part, stroke: part.fill }];
  return part.role === 'outline' ? [part] : [];
}

const ORIGIN: Point = { x: 0, y: 0 };

/** A part of a figure, moved by so much. */
export function drawn(part: Part, by: Point = ORIGIN): Drawn {
  const mark = part.role === 'label-ground' ? { 'data-part': 'label' } : {};
  const attributes = { class: part.role, ...mark, ...part.attributes, fill: cssPaint(part.fill) };
  if (part.tag === 'text') return lettered(attributes, part.lines, by);
  return shifted(plain(part.tag, { ...attributes, stroke: cssPaint(part.stroke) }), by);
}

/** Lines stand relative to the first, and the text is moved as a whole: a browser need not set it anew. */
function lettered(attributes: Attributes, lines: readonly TextLine[], by: Point): Drawn {
  const { x, y } = lines[0] ?? ORIGIN;
  const relative = lines.map((line) => ({ text: line.text, x: line.x - x, y: line.y - y }));
  return {
    tag: 'text',
    attributes: { ...attributes, transform: `translate(${x + by.x} ${y + by.y})` },
    lines: relative,
  };
}

/** Where the cell itself is hit: a flow in a broad strip, a trust boundary on its border, others anywhere. */
function strip({ cell, figure }: Placed): Drawn[] {
  const broad = cell.isEdge || cell.isBoundary ? 'hit strip' : 'hit';
  const mark = { class: broad, 'data-part': 'outline' };
  if (figure.flow) return [plain('path', { ...mark, d: figure.flow.path.d })];
  const { width, height } = sizeOf(cell);
  const round = cell.kind === 'process' ? { rx: width / 2, ry: height / 2 } : {};
  return [plain('rect', { ...mark, x: 0, y: 0, width, height, ...round })];
}

/** Where the name of a boundary box is hit; that of a flow is hit on its ground. */
function sign({ cell, figure }: Placed): Drawn[] {
  const { label } = figure;
  if (label === null || cell.kind !== 'boundary-box') return [];
  const { width, height } = label;
  const place = { x: label.x - figure.x, y: label.y - figure.y, width, height };
  return [plain('rect', { class: 'hit', 'data-part': 'label', ...place })];
}

function plain(tag: string, attributes: Attributes): Drawn {
  return { tag, attributes, lines: NO_LINES };
}

const ACROSS: readonly string[] = ['x', 'cx', 'x1', 'x2'];
const DOWN: readonly string[] = ['y', 'cy', 'y1', 'y2'];

function shifted(drawn: Drawn, by: Point): Drawn {
  if (by.x === 0 && by.y === 0) return drawn;
  const moved: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(drawn.attributes)) {
    const step = ACROSS.includes(name) ? by.x : DOWN.includes(name) ? by.y : 0;
    moved[name] = step === 0 ? value : Number(value) + step;
  }
  return { ...drawn, attributes: moved };
}
