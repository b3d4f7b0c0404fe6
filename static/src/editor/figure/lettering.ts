/// Names and labels as text parts: lines that stand around a middle or hang from a top.
import type { Box } from '../geometry/box.ts';
import type { Point } from '../geometry/point.ts';
import { FONT_SIZE, LINE_HEIGHT, type TextBlock } from '../geometry/text.ts';
import { paint } from './paint.ts';
import type { TextPart } from './parts.ts';

/** The first that there is; Liberation Sans is as wide as Arial. */
export const FONTS = 'Arial, "Liberation Sans", Helvetica, sans-serif';

/** From the middle of a line, and from its top, down to its baseline, as parts of the font size. */
const MIDDLE_TO_BASELINE = 0.3;
const TOP_TO_BASELINE = 0.8;

const FONT = { 'font-family': FONTS, 'font-size': FONT_SIZE };

/** Lines centred on a point. */
export function centred(block: TextBlock, at: Point): TextPart {
  const step = FONT_SIZE * LINE_HEIGHT;
  const first = at.y + FONT_SIZE * MIDDLE_TO_BASELINE - ((block.lines.length - 1) * step) / 2;
  return part(block, 'middle', at.x, first);
}

/** Lines that begin at a point, the upper left corner of their box. */
export function hanging(block: TextBlock, at: Point): TextPart {
  return part(block, 'start', at.x, at.y + FONT_SIZE * TOP_TO_BASELINE);
}

/** The box of lines centred on a point. */
export function boxAround(block: TextBlock, at: Point): Box {
  const { width, height } = block;
  return { x: at.x - width / 2, y: at.y - height / 2, width, height };
}

function part(block: TextBlock, anchor: 'start' | 'middle', x: number, first: number): TextPart {
  return {
    tag: 'text',
    role: 'label',
    attributes: { ...FONT, 'text-anchor': anchor },
    fill: paint('ink'),
    lines: block.lines.map((text, index) => ({
      text,
      x,
      y: first + index * FONT_SIZE * LINE_HEIGHT,
    })),
  };
}
