/// The badge of an element with open threats: how many, and how grave the gravest is, by shape and letter too.
import { severityName } from '../../i18n/terms.ts';
import { t } from '../../i18n/translate.svelte.ts';
import type { CellView, DiagramView } from '../../model/views.ts';
import type { Severity } from '../../model/vocabulary.ts';
import { boxOf, centre, grow, overlaps, type Box } from '../geometry/box.ts';
import { turned, type Point } from '../geometry/point.ts';
import { textWidth } from '../geometry/text.ts';
import { figureOf } from './figure.ts';
import { FONTS } from './lettering.ts';
import { paint, type Token } from './paint.ts';
import type { Part, ShapePart, TextPart } from './parts.ts';
import { SEVERITY_LOOKS, severityShape, type SeverityLook } from './severity.ts';

export interface Badge {
  readonly parts: readonly Part[];
  readonly box: Box;
  /** In words: "3 open threats, the gravest High". */
  readonly words: string;
}

const HEIGHT = 20;
const MARGIN = 4;
/** From an outline, or a label, to the badge above it. */
const GAP = 2;
/** The room at a corner for a handle. */
const BESIDE_CORNER = 8;
/** Half of what a shape takes of the width. */
const HALF_SHAPE = 8;
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
  return { parts: parts(box, SEVERITY_LOOKS[severity], count), box, words: words(cell.openThreats, severity) };
}

function words(count: number, severity: Severity): string {
  if (severity === 'TBD') return t('canvas.badge-undecided', { count });
  return t('canvas.badge', { count, severity: severityName(severity) });
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
  const x = round
    ? middle.x + (Math.SQRT1_2 * box.width) / 2
    : Math.max(middle.x, box.x + box.width - BESIDE_CORNER - width / 2);
  const y = round ? middle.y - (Math.SQRT1_2 * box.height) / 2 : box.y;
  const onName =
    label !== null && overlaps(grow(label, GAP), { x: x - width / 2, y: y - HEIGHT / 2, width, height: HEIGHT });
  return turned({ x, y: onName ? box.y - HEIGHT / 2 - GAP : y }, middle, cell.angle);
}

function parts(box: Box, look: SeverityLook, count: string): Part[] {
  const colour = paint(look.token);
  const level = box.y + HEIGHT / 2;
  const middle = { x: box.x + MARGIN + HALF_SHAPE, y: level + look.lower };
  const ground: ShapePart = {
    tag: 'rect',
    role: 'badge',
    attributes: { ...box, rx: HEIGHT / 2, 'stroke-width': 1.5 },
    fill: paint('surface'),
    stroke: colour,
  };
  return [
    ground,
    { tag: 'path', role: 'badge', attributes: { d: severityShape(middle, look) }, fill: colour, stroke: 'none' },
    letters(look.letter, middle, LETTER_SIZE, 'middle', 'surface'),
    letters(count, { x: box.x + COUNT_FROM, y: level }, COUNT_SIZE, 'start', 'ink'),
  ];
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
