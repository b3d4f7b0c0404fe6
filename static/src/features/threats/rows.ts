/// All threats of a model as rows: each with what it is told by, sought for and counted by.
import { methodologyFor, scoreOf, takesThreats } from '../../editor/panes/threat.ts';
import { categoryOf, type Methodology } from '../../model/categories.ts';
import type { Document } from '../../model/document.ts';
import type { CellView, DiagramView, ThreatView } from '../../model/views.ts';

export interface ThreatRow {
  /** Tells it from all others. */
  readonly key: string;
  /** What an address calls it: its number, or its key where another has that number, or it has none. */
  readonly name: string;
  readonly diagram: DiagramView;
  readonly cell: CellView;
  readonly threat: ThreatView;
  readonly methodology: Methodology | null;
  /** Its type by the word that is the same in all languages. */
  readonly category: string;
  readonly score: string;
  /** Whether operations find it: ids of files may be missing, or be there twice. */
  readonly editable: boolean;
}

export function rowsOf(document: Document): ThreatRow[] {
  const numbers = countNumbers(document);
  const categories = new Map<string, string>();
  const rows: ThreatRow[] = [];
  for (const diagram of document.diagrams) {
    const isFound = diagram.id !== null && document.diagram(diagram.id) === diagram;
    for (const cell of diagram.cells) {
      if (cell.threats.length === 0) continue;
      const seen = new Set<string>();
      const isCellFound = isFound && cell.id !== '' && diagram.cell(cell.id) === cell;
      for (const threat of cell.threats) {
        const editable = isCellFound && threat.id !== '' && !seen.has(threat.id);
        seen.add(threat.id);
        const methodology = methodologyFor(threat, diagram);
        const key = editable ? keyOf(diagram.id, cell.id, threat.id) : `[${rows.length}]`;
        rows.push({
          key,
          name: numbers.get(threat.number) === 1 ? `${threat.number}` : key,
          diagram,
          cell,
          threat,
          methodology,
          category: remembered(categories, threat.type, methodology),
          score: scoreOf(threat),
          editable,
        });
      }
    }
  }
  return rows;
}

export function keyOf(diagram: number | null, cell: string, threat: string): string {
  return JSON.stringify([diagram, cell, threat]);
}

function countNumbers(document: Document): ReadonlyMap<number | null, number> {
  const counts = new Map<number | null, number>();
  for (const { number } of document.diagrams.flatMap(({ cells }) => cells.flatMap(({ threats }) => threats))) {
    if (number !== null) counts.set(number, (counts.get(number) ?? 0) + 1);
  }
  return counts;
}

/** Thousands of threats have a handful of types. */
function remembered(known: Map<string, string>, type: string, methodology: Methodology | null): string {
  const key = `${methodology} ${type}`;
  const category = known.get(key) ?? categoryOf(type, methodology);
  known.set(key, category);
  return category;
}

/** An element that can get threats, and where it is. */
export interface Target {
  readonly diagram: DiagramView;
  readonly cell: CellView;
}

/** By diagram. */
export function targetsOf(document: Document): readonly { diagram: DiagramView; cells: readonly CellView[] }[] {
  return document.diagrams
    .filter(({ id }, index, all) => id !== null && all.findIndex((other) => other.id === id) === index)
    .map((diagram) => ({
      diagram,
      cells: diagram.cells.filter((cell) => cell.id !== '' && takesThreats(cell) && diagram.cell(cell.id) === cell),
    }))
    .filter(({ cells }) => cells.length > 0);
}
