/// The names of the cells of a diagram, found once for each cell and where it stands.
import { shownLanguage } from '../../i18n/translate.svelte.ts';
import type { Language } from '../../i18n/languages.ts';
import { isCellEnd, type CellView, type DiagramView, type End } from '../../model/views.ts';
import { boundariesAround, crossings } from '../geometry/place.ts';
import { nameOf } from './naming.ts';

/** What a name was made of. */
interface Known {
  readonly name: string;
  readonly language: Language;
  readonly boundaries: readonly CellView[];
  readonly source: CellView | undefined;
  readonly target: CellView | undefined;
}

export class Names {
  readonly #known = new WeakMap<CellView, Known>();
  /** The boundaries, and what they are tied to; the same list while they are the same. */
  #boundaries: readonly CellView[] = [];

  /** The names in a diagram as it is now. */
  in(diagram: DiagramView): (cell: CellView) => string {
    const boundaries = diagram.cells.filter((cell) => cell.isBoundary).flatMap((cell) => placing(cell, diagram));
    const last = this.#boundaries;
    const same = boundaries.length === last.length && boundaries.every((each, index) => each === last[index]);
    if (!same) this.#boundaries = boundaries;
    return (cell) => this.#nameOf(cell, diagram);
  }

  #nameOf(cell: CellView, diagram: DiagramView): string {
    const boundaries = this.#boundaries;
    const source = endOf(cell.source, diagram);
    const target = endOf(cell.target, diagram);
    const language = shownLanguage();
    const known = this.#known.get(cell);
    const same = known?.boundaries === boundaries && known.source === source && known.target === target;
    if (same && known.language === language) return known.name;
    const any = boundaries.length > 0;
    const around = any && !cell.isEdge ? boundariesAround(cell, diagram) : [];
    const crossed = any && cell.kind === 'flow' ? crossings(cell, diagram) : [];
    const name = nameOf(cell, { around, crossed, source, target });
    this.#known.set(cell, { name, language, boundaries, source, target });
    return name;
  }
}

/** A boundary, and what a curve is tied to. */
function placing(cell: CellView, diagram: DiagramView): CellView[] {
  return [cell, endOf(cell.source, diagram), endOf(cell.target, diagram)].filter((each) => each !== undefined);
}

function endOf(end: End, diagram: DiagramView): CellView | undefined {
  return isCellEnd(end) ? diagram.cell(end.cell) : undefined;
}
