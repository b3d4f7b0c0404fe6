/// What a figure is made of: shapes and texts, as plain data that a component, a picture or a test can take.
import type { Box } from '../geometry/box.ts';
import type { FlowPath } from '../geometry/flow.ts';
import type { Paint } from './paint.ts';

/** What a part is for. */
export type Role = 'outline' | 'line' | 'marker' | 'label' | 'label-ground' | 'loose-end' | 'badge';

export type Attributes = Readonly<Record<string, string | number>>;

export interface ShapePart {
  readonly tag: 'path' | 'rect' | 'ellipse' | 'line' | 'circle';
  readonly role: Role;
  /** As in SVG, but for the colours. */
  readonly attributes: Attributes;
  readonly fill: Paint;
  readonly stroke: Paint;
}

export interface TextLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
}

export interface TextPart {
  readonly tag: 'text';
  readonly role: Role;
  readonly attributes: Attributes;
  readonly fill: Paint;
  /** Each at its baseline. */
  readonly lines: readonly TextLine[];
}

export type Part = ShapePart | TextPart;

/** All that is drawn of one cell. */
export interface Figure {
  /** Where the parts are moved to, and then turned about the middle of the cell. */
  readonly x: number;
  readonly y: number;
  readonly turn: { readonly angle: number; readonly x: number; readonly y: number } | null;
  readonly parts: readonly Part[];
  /** Around all that is drawn, in the diagram; null when nothing is. */
  readonly bounds: Box | null;
  /** Around the label, in the diagram, before it is turned: where it is edited and hit. */
  readonly label: Box | null;
  /** Where a cell with ends runs. */
  readonly flow: FlowPath | null;
}

/** The `transform` of a figure; empty when it stands as it is drawn. */
export function transformOf(figure: Pick<Figure, 'x' | 'y' | 'turn'>): string {
  const moved = figure.x === 0 && figure.y === 0 ? [] : [`translate(${figure.x} ${figure.y})`];
  const { turn } = figure;
  const turned = turn === null ? [] : [`rotate(${turn.angle} ${turn.x} ${turn.y})`];
  return [...moved, ...turned].join(' ');
}
