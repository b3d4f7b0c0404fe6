/// What is drawn of an element: actor, process, store, text, trust boundary box, or a placeholder.
import { t } from '../../i18n/translate.svelte.ts';
import { get, type Json } from '../../model/json/node.ts';
import type { CellView } from '../../model/views.ts';
import { centre, rotatedBounds, union, type Box } from '../geometry/box.ts';
import { CORNER } from '../geometry/outline.ts';
import { lines, wrap } from '../geometry/text.ts';
import { boxAround, centred, hanging } from './lettering.ts';
import { paint, type Paint } from './paint.ts';
import type { Attributes, Figure, Part, ShapePart } from './parts.ts';
import { boundaryStroke, strokeAttributes, strokeOf, type Stroke } from './stroke.ts';

/** Where the label of a boundary box begins: this part of its width, and this far down. */
const BOUNDARY_LABEL_X = 0.15;
const BOUNDARY_LABEL_Y = 12;
const PLACEHOLDER_DASH = '3 3';

/** The figure of an element whose place is `box`. */
export function nodeFigure(cell: CellView, box: Box): Figure {
  const drawing = drawingOf(cell, { x: 0, y: 0, width: box.width, height: box.height });
  const middle = centre(drawing.box);
  const label = drawing.label === null ? null : moved(drawing.label, box);
  const all = union(label === null ? [box] : [box, label]) ?? box;
  return {
    x: box.x,
    y: box.y,
    turn: cell.angle === 0 ? null : { angle: cell.angle, x: middle.x, y: middle.y },
    parts: drawing.parts,
    bounds: rotatedBounds(all, cell.angle),
    label,
    flow: null,
  };
}

/** The parts of an element as if it stood at the origin: they stay the same while it is only moved. */
interface Drawing {
  readonly box: Box;
  readonly parts: readonly Part[];
  readonly label: Box | null;
}

interface Known extends Drawing {
  readonly attrs: Json | undefined;
  readonly shape: string;
  readonly text: string;
}

const known = new WeakMap<Json, Known>();

function drawingOf(cell: CellView, box: Box): Drawing {
  const data = get(cell.node, 'data');
  const attrs = get(cell.node, 'attrs');
  const text = cell.label.text;
  const last = data === undefined ? undefined : known.get(data);
  const same =
    last?.attrs === attrs &&
    last?.text === text &&
    last.shape === cell.shape &&
    last.box.width === box.width &&
    last.box.height === box.height;
  if (last !== undefined && same) return last;
  const drawing = { box, ...drawn(cell, box), attrs, shape: cell.shape, text };
  if (data !== undefined) known.set(data, drawing);
  return drawing;
}

function drawn(cell: CellView, box: Box): Omit<Drawing, 'box'> {
  if (cell.kind === 'boundary-box') return boundary(cell, box);
  const name = cell.kind === 'unknown-node' ? placeholderName(cell) : cell.label.text || cell.name;
  // A text has no border that its lines could run over: they stay as they were written.
  const block = cell.kind === 'text' ? lines(name) : wrap(name, box.width);
  const shapes = outline(cell, box);
  if (block.lines.length === 0) return { parts: shapes, label: null };
  const middle = centre(box);
  return { parts: [...shapes, centred(block, middle)], label: boxAround(block, middle) };
}

function placeholderName(cell: CellView): string {
  const shape = cell.shape === '' ? t('canvas.no-shape') : cell.shape;
  return cell.name === '' ? shape : `${cell.name}\n(${shape})`;
}

function outline(cell: CellView, box: Box): ShapePart[] {
  const size = { x: 0, y: 0, width: box.width, height: box.height };
  switch (cell.kind) {
    case 'process': {
      const [rx, ry] = [box.width / 2, box.height / 2];
      const place = { cx: rx, cy: ry, rx, ry };
      return [stroked('ellipse', place, strokeOf(cell, 'body'), paint('surface'))];
    }
    case 'store':
      return [
        stroked('line', level(box.width, 0), strokeOf(cell, 'topLine')),
        stroked('line', level(box.width, box.height), strokeOf(cell, 'bottomLine')),
      ];
    case 'text':
      return [];
    case 'actor':
      return [stroked('rect', size, strokeOf(cell, 'body'), paint('surface'))];
    default:
      return [stroked('rect', size, PLACEHOLDER, paint('surface'))];
  }
}

const PLACEHOLDER: Stroke = { stroke: paint('ink-soft'), width: 1, dash: PLACEHOLDER_DASH };

function level(width: number, y: number): Attributes {
  return { x1: 0, y1: y, x2: width, y2: y };
}

function boundary(cell: CellView, box: Box): Omit<Drawing, 'box'> {
  const place = { x: 0, y: 0, width: box.width, height: box.height, rx: CORNER, ry: CORNER };
  const border = stroked('rect', place, boundaryStroke(cell, 'body'));
  const start = { x: box.width * BOUNDARY_LABEL_X, y: BOUNDARY_LABEL_Y };
  const block = wrap(cell.label.text || cell.name, box.width - start.x);
  if (block.lines.length === 0) return { parts: [border], label: null };
  const label = { ...start, width: block.width, height: block.height };
  return { parts: [border, hanging(block, start)], label };
}

function stroked(tag: ShapePart['tag'], place: Attributes, stroke: Stroke, fill: Paint = 'none'): ShapePart {
  const attributes = { ...place, ...strokeAttributes(stroke) };
  return { tag, role: 'outline', attributes, fill, stroke: stroke.stroke };
}

function moved(box: Box, by: Box): Box {
  return { ...box, x: box.x + by.x, y: box.y + by.y };
}
