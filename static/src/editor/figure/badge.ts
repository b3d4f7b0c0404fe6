/// The badge of an element with open threats: how many, and how grave the gravest is, by shape and letter too.
import type { CellView, DiagramView } from '../../model/views.ts';
import type { Severity } from '../../model/vocabulary.ts';
import { boxOf, centre, grow, overlaps, type Box } from '../geometry/box.ts';
import { inDrawing } from '../geometry/path.ts';
import { turned, type Point } from '../geometry/point.ts';
import { textWidth } from '../geometry/text.ts';
import { figureOf } from './figure.ts';
import { FONTS } from './lettering.ts';
import { paint, type Token } from './paint.ts';
import type { Part, ShapePart, TextPart } from './parts.ts';

export interface Badge {
  readonly parts: readonly Part[];
  readonly box: Box;
  /** In words: "3 open threats, the gravest High". */
  readonly words: string;
}

interface Look {
  readonly token: Token;
  readonly letter: string;
  /** Corners of the shape, on a circle of this radius; none for the circle itself. */
  readonly corners: number;
  readonly radius: number;
  /** Degrees by which the shape is turned. */
  readonly turn: number;
}

const LOOKS: Readonly<Record<Severity, Look>> = {
  Critical: { token: 'critical', letter: 'C', corners: 8, radius: 8.5, turn: 22.5 },
  High: { token: 'high', letter: 'H', corners: 3, radius: 11, turn: 0 },
  Medium: { token: 'medium', letter: 'M', corners: 4, radius: 9.5, turn: 0 },
  Low: { token: 'low', letter: 'L', corners: 0, radius: 8, turn: 0 },
  TBD: { token: 'neutral', letter: '?', corners: 4, radius: 10, turn: 45 },
};

const HEIGHT = 20;
const MARGIN = 4;
/** From an outline, or a label, to the badge above it. */
const GAP = 2;
/** The room at a corner for a handle. */
const BESIDE_CORNER = 8;
/** Half of what a shape takes of the width. */
const HALF_SHAPE = 8;
/** How far down the middle of a triangle is set, as a part of its radius, so that it stands level with the others. */
const TRIANGLE_LOWER = 0.25;
const COUNT_SIZE = 12;
const LETTER_SIZE = 9;
/** From the middle of a letter down to its baseline, as a part of its size. */
const TO_BASELINE = 0.36;
const COUNT_FROM = MARGIN + 2 * HALF_SHAPE + 4;

/** The badge of a cell; null when it has no open threat. */
export function badgeOf(cell: CellView, diagram: DiagramView): Badge | null {
  if (cell.openThreats === 0) return null;
  const severity = cell.worst ?? 'TBD';
  const count = String(cell.openThreats);
  const width = COUNT_FROM + textWidth(count, COUNT_SIZE) + 2 * MARGIN;
  const at = place(cell, diagram, width);
  const box = { x: at.x - width / 2, y: at.y - HEIGHT / 2, width, height: HEIGHT };
  const threats = cell.openThreats === 1 ? 'open threat' : 'open threats';
  return { parts: parts(box, LOOKS[severity], count), box, words: `${count} ${threats}, ${worst(severity)}` };
}

function worst(severity: Severity): string {
  return severity === 'TBD' ? 'severity not decided' : `the gravest ${severity}`;
}

/**
 * The middle of the badge: at the upper right of an element, beside the handle at its corner, and above its
 * outline where it would lie on its name; above the label of a flow, or above the middle of its way.
 */
function place(cell: CellView, diagram: DiagramView, width: number): Point {
  const { flow, label } = figureOf(cell, diagram);
  if (flow !== null) {
    const middle = label === null ? flow.path.at(flow.path.length / 2) : centre(label);
    return { x: middle.x, y: (label?.y ?? middle.y) - HEIGHT / 2 - GAP };
  }
  const box = boxOf(cell);
  if (box === null) return { x: 0, y: 0 };
  const middle = centre(box);
  const round = cell.kind === 'process';
  const x = round ? middle.x + (Math.SQRT1_2 * box.width) / 2 : Math.max(middle.x, box.x + box.width - BESIDE_CORNER - width / 2);
  const y = round ? middle.y - (Math.SQRT1_2 * box.height) / 2 : box.y;
  const onName = label !== null && overlaps(grow(label, GAP), { x: x - width / 2, y: y - HEIGHT / 2, width, height: HEIGHT });
  return turned({ x, y: onName ? box.y - HEIGHT / 2 - GAP : y }, middle, cell.angle);
}

function parts(box: Box, look: Look, count: string): Part[] {
  const colour = paint(look.token);
  const level = box.y + HEIGHT / 2;
  const lower = look.corners === 3 ? TRIANGLE_LOWER * look.radius : 0;
  const middle = { x: box.x + MARGIN + HALF_SHAPE, y: level + lower };
  const ground: ShapePart = {
    tag: 'rect',
    role: 'badge',
    attributes: { ...box, rx: HEIGHT / 2, 'stroke-width': 1.5 },
    fill: paint('surface'),
    stroke: colour,
  };
  return [
    ground,
    { tag: 'path', role: 'badge', attributes: { d: shape(middle, look) }, fill: colour, stroke: 'none' },
    letters(look.letter, middle, LETTER_SIZE, 'middle', 'surface'),
    letters(count, { x: box.x + COUNT_FROM, y: level }, COUNT_SIZE, 'start', 'ink'),
  ];
}

/** A shape with its corners on a circle, the first at the top. */
function shape({ x, y }: Point, { corners, radius, turn }: Look): string {
  const top = y - radius;
  if (corners === 0) {
    const half = `a ${radius} ${radius} 0 0 1 0`;
    return `M ${inDrawing(x)} ${inDrawing(top)} ${half} ${2 * radius} ${half} ${-2 * radius} Z`;
  }
  const points = Array.from({ length: corners }, (_, index) =>
    turned({ x, y: top }, { x, y }, turn + (index * 360) / corners),
  );
  return `M ${points.map((each) => `${inDrawing(each.x)} ${inDrawing(each.y)}`).join(' L ')} Z`;
}

function letters(text: string, { x, y }: Point, size: number, anchor: 'start' | 'middle', token: Token): TextPart {
  return {
    tag: 'text',
    role: 'badge',
    attributes: {
      'font-family': FONTS,
      'font-size': size,
      'font-weight': 'bold',
      'text-anchor': anchor,
    },
    fill: paint(token),
    lines: [{ text, x, y: y + size * TO_BASELINE }],
  };
}
