/// The drawing of a diagram: each cell with its figure. What has not changed since the last drawing is the same
/// object again, so that the canvas draws anew only what a gesture moves.
import type { CellView, DiagramView } from '../../model/views.ts';
import { badgeOf, type Badge } from '../figure/badge.ts';
import { figureOf } from '../figure/figure.ts';
import type { Figure } from '../figure/parts.ts';
import { around, grow, type Box } from '../geometry/box.ts';
import { flowPath, type FlowPath } from '../geometry/flow.ts';
import { labelShifted } from '../geometry/labels-apart.ts';
import { isSame, type Point } from '../geometry/point.ts';

/** Half the width of a letter, and how far heads reach beside a flow; generous, for this only says what is in view. */
const HALF_LETTER = 5;
const REACH = 24;

/** A cell and how it is drawn. What is out of view need not be, so the figure is made when it is asked for. */
export class Placed {
  /** Its id; more than the id only for a cell whose id another one had first. */
  readonly key: string;
  readonly cell: CellView;
  readonly flow: FlowPath | null;
  /** Where its label is, when that makes room for others. */
  readonly shifted: Point | undefined;
  readonly #diagram: DiagramView;
  #figure: Figure | undefined;
  #badge: Badge | null | undefined;
  #bounds: Box | null | undefined;

  constructor(key: string, cell: CellView, { flow, shifted }: Pick<Placed, 'flow' | 'shifted'>, diagram: DiagramView) {
    this.key = key;
    this.cell = cell;
    this.flow = flow;
    this.shifted = shifted;
    this.#diagram = diagram;
  }

  get figure(): Figure {
    this.#figure ??= figureOf(this.cell, this.#diagram);
    return this.#figure;
  }

  /** What marks its open threats. */
  get badge(): Badge | null {
    if (this.#badge === undefined) this.#badge = badgeOf(this.cell, this.#diagram);
    return this.#badge;
  }

  /** What it covers at most; null when nothing is drawn of it. */
  get bounds(): Box | null {
    if (this.#bounds === undefined) this.#bounds = this.flow ? reachOf(this.flow, this.cell) : this.figure.bounds;
    return this.#bounds;
  }
}

/** The box around a curve's own points and its control points holds it, and is found at once. */
function reachOf({ path }: FlowPath, { label }: CellView): Box | null {
  const points = path.segments.flatMap(({ from, to, controls }) => [from, to, ...(controls ?? [])]);
  const box = around(points);
  const aside = typeof label.offset === 'number' ? Math.abs(label.offset) : Math.hypot(label.offset.x, label.offset.y);
  return box && grow(box, REACH + aside + label.text.length * HALF_LETTER);
}

export class Scene {
  #last = new Map<string, Placed>();

  /** `cells` are the diagram's, in the order in which they are drawn. */
  draw(diagram: DiagramView, cells: readonly CellView[]): readonly Placed[] {
    const before = this.#last;
    const next = new Map<string, Placed>();
    for (const cell of cells) {
      const key = keyFor(cell, next);
      const flow = cell.isEdge ? flowPath(cell, diagram) : null;
      const last = before.get(key);
      const shifted = flow ? labelShifted(cell, diagram) : undefined;
      const same = last?.cell === cell && last.flow === flow && isSame(last.shifted, shifted);
      next.set(key, same ? last : new Placed(key, cell, { flow, shifted }, diagram));
    }
    this.#last = next;
    return [...next.values()];
  }
}

/** Ids may occur twice in a file; both cells are drawn. */
function keyFor(cell: CellView, taken: ReadonlyMap<string, unknown>): string {
  let key = cell.id;
  while (taken.has(key)) key += '\u0000';
  return key;
}
