/// How the lines of a cell are drawn: from what is known of it, and from what the file stores.
import { asNumber, asText, at, get } from '../../model/json/node.ts';
import type { CellView } from '../../model/views.ts';
import { paint, storedPaint, type Paint } from './paint.ts';

export interface Stroke {
  readonly stroke: Paint;
  readonly width: number;
  /** As `stroke-dasharray`; empty for a whole line. */
  readonly dash: string;
}

const WIDTH = 1.5;
const OPEN_WIDTH = 2.5;
const BOUNDARY_WIDTH = 3;
const WIDEST = 20;
const OUT_OF_SCOPE_DASH = '4 3';
const BOUNDARY_DASH = '10 5';
const DASH = /^\d+(\.\d+)?([ ,]+\d+(\.\d+)?)*$/;

/** The stroke of an element or a flow; `part` is what the file calls the drawn part. */
export function strokeOf(cell: CellView, part: string): Stroke {
  const stored = at(cell.node, 'attrs', part);
  const open = cell.openThreats > 0;
  return {
    stroke: open ? paint('alarm') : storedPaint(asText(get(stored, 'stroke'))),
    width: open ? OPEN_WIDTH : (storedWidth(asNumber(get(stored, 'strokeWidth'))) ?? WIDTH),
    dash: cell.outOfScope ? (storedDash(cell, part) ?? OUT_OF_SCOPE_DASH) : '',
  };
}

/** The stroke of a trust boundary, which has no threats and is never out of scope. */
export function boundaryStroke(cell: CellView, part: string): Stroke {
  const stored = at(cell.node, 'attrs', part);
  return {
    stroke: storedPaint(asText(get(stored, 'stroke'))),
    width: storedWidth(asNumber(get(stored, 'strokeWidth'))) ?? BOUNDARY_WIDTH,
    dash: storedDash(cell, part) ?? BOUNDARY_DASH,
  };
}

/** As attributes of a drawn part. */
export function strokeAttributes(stroke: Stroke): Readonly<Record<string, string | number>> {
  return stroke.dash === ''
    ? { 'stroke-width': stroke.width }
    : { 'stroke-width': stroke.width, 'stroke-dasharray': stroke.dash };
}

function storedWidth(width: number | undefined): number | undefined {
  return width !== undefined && width > 0 && width <= WIDEST ? width : undefined;
}

function storedDash(cell: CellView, part: string): string | undefined {
  const dash = asText(at(cell.node, 'attrs', part, 'strokeDasharray'));
  return dash !== undefined && DASH.test(dash) && /[1-9]/.test(dash) ? dash : undefined;
}
