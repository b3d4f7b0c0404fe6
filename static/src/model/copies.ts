/// Copies of cells in their own diagram: new ids throughout, and flows between copied elements join the copies.
import { set } from './json/edit.ts';
import type { Layout } from './json/layout.ts';
import type { Json } from './json/node.ts';
import type { Operation } from './operation.ts';
import { isCellEnd, type CellView, type End } from './views.ts';

export interface Copies {
  readonly operations: readonly Operation[];
  /** The id of the copy, by that of the cell. */
  readonly ids: ReadonlyMap<string, string>;
}

/** The copies lie exactly on the originals; threats come along and get numbers of their own. */
export function copiesOf(layout: Layout, diagram: number, cells: readonly CellView[], newId: () => string): Copies {
  const ids = new Map(cells.map((cell) => [cell.id, newId()]));
  const withMember = (node: Json, path: string[], value: string | []) => set({ layout, node, place: null }, path, value);
  const copy = (cell: CellView): Operation[] => {
    const id = ids.get(cell.id) ?? newId();
    const bare = cell.threats.length > 0 ? withMember(cell.node, ['data', 'threats'], []) : cell.node;
    return [
      { type: 'addCell', diagram, cell: withMember(bare, ['id'], id) },
      ...cell.threats.map(
        ({ node }) => ({ type: 'addThreat', diagram, cell: id, threat: withMember(node, ['id'], newId()) }) as const,
      ),
    ];
  };
  const joined = (cell: CellView, end: 'source' | 'target', place: End): Operation[] => {
    const [own, other] = [ids.get(cell.id), isCellEnd(place) ? ids.get(place.cell) : undefined];
    if (own === undefined || other === undefined) return [];
    return [{ type: 'setEnd', diagram, cell: own, end, to: { ...place, cell: other } }];
  };
  return {
    ids,
    operations: [
      ...cells.flatMap(copy),
      ...cells.flatMap((cell) => [...joined(cell, 'source', cell.source), ...joined(cell, 'target', cell.target)]),
    ],
  };
}
