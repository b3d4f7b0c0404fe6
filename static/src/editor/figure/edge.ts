/// What is drawn of a flow, a boundary curve, or a connection of an unknown kind.
import { asText, at, get } from '../../model/json/node.ts';
import type { CellView } from '../../model/views.ts';
import { grow, union } from '../geometry/box.ts';
import type { FlowPath } from '../geometry/flow.ts';
import { labelPoint } from '../geometry/label.ts';
import type { Path } from '../geometry/path.ts';
import type { Point } from '../geometry/point.ts';
import { lines } from '../geometry/text.ts';
import { aheadOfStart, behindEnd, headAt, shortened, type Head } from './arrow.ts';
import { boxAround, centred } from './lettering.ts';
import { paint, type Paint } from './paint.ts';
import type { Figure, Part, ShapePart } from './parts.ts';
import { boundaryStroke, strokeAttributes, strokeOf, type Stroke } from './stroke.ts';

const LABEL_MARGIN = 3;
const LOOSE_RADIUS = 5;
/** How far heads and strokes reach beyond the path. */
const REACH = 6;

/** `shifted`: where the middle of its label is, when not where the flow says. */
export function edgeFigure(cell: CellView, flow: FlowPath, shifted?: Point): Figure {
  const { path } = flow;
  const stroke = strokeFor(cell);
  const source = sourceHead(cell);
  const target = targetHead(cell);
  const parts: Part[] = [line(shortened(path, source !== null, target !== null), stroke), ...looseEnds(flow)];
  if (source !== null) parts.push(marker(headAt(flow.start, aheadOfStart(path), source), stroke));
  if (target !== null) parts.push(marker(headAt(flow.end, behindEnd(path), target), stroke));
  const label = labelParts(cell, path, shifted);
  const around = path.bounds === null ? [] : [grow(path.bounds, REACH)];
  return {
    x: 0,
    y: 0,
    turn: null,
    parts: label === null ? parts : [...parts, ...label.parts],
    bounds: union(label === null ? around : [...around, label.box]),
    label: label?.box ?? null,
    flow,
  };
}

/** The end at the source has a head when the file draws one, or the flow goes both ways. */
function sourceHead(cell: CellView): Head | null {
  if (cell.kind !== 'flow') return null;
  return storedHead(cell, 'sourceMarker') ?? (cell.bidirectional ? 'block' : null);
}

/** The end at the target has a head unless the file draws none there. */
function targetHead(cell: CellView): Head | null {
  if (cell.kind !== 'flow') return null;
  const stored = at(cell.node, 'attrs', 'line', 'targetMarker');
  return stored === undefined ? 'block' : storedHead(cell, 'targetMarker');
}

function storedHead(cell: CellView, key: string): Head | null {
  const stored = at(cell.node, 'attrs', 'line', key);
  const name = asText(stored) ?? asText(get(stored, 'name')) ?? '';
  if (name === '') return null;
  return name === 'classic' ? 'classic' : 'block';
}

function strokeFor(cell: CellView): Stroke {
  if (cell.kind === 'flow') return strokeOf(cell, 'line');
  if (cell.kind === 'boundary-curve') return boundaryStroke(cell, 'line');
  return { stroke: paint('ink-soft'), width: 1, dash: '' };
}

function line(path: Path, stroke: Stroke): ShapePart {
  const attributes = { d: path.d, ...strokeAttributes(stroke) };
  return { tag: 'path', role: 'line', attributes, fill: 'none', stroke: stroke.stroke };
}

function marker(d: string, { stroke }: Stroke): ShapePart {
  return { tag: 'path', role: 'marker', attributes: { d }, fill: stroke, stroke: 'none' };
}

function looseEnds({ loose, start, end }: FlowPath): ShapePart[] {
  const points = [...(loose.start ? [start] : []), ...(loose.end ? [end] : [])];
  return points.map((point) => ring(point, paint('ink-soft')));
}

function ring({ x, y }: Point, stroke: Paint): ShapePart {
  const attributes = { cx: x, cy: y, r: LOOSE_RADIUS, 'stroke-width': 1, 'stroke-dasharray': '2 2' };
  return { tag: 'circle', role: 'loose-end', attributes, fill: 'none', stroke };
}

function labelParts(cell: CellView, path: Path, shifted: Point | undefined) {
  const unknown = cell.kind === 'unknown-edge';
  const block = lines(cell.label.text || cell.name || (unknown ? cell.shape : ''));
  if (block.lines.length === 0) return null;
  const middle = shifted ?? labelPoint(path, cell.label.distance, cell.label.offset);
  const box = grow(boxAround(block, middle), LABEL_MARGIN);
  const ground: ShapePart = {
    tag: 'rect',
    role: 'label-ground',
    attributes: { ...box, rx: LABEL_MARGIN },
    fill: paint('surface'),
    stroke: 'none',
  };
  return { parts: [ground, centred(block, middle)], box };
}
