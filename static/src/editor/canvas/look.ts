/// How each cell looks at the moment: its name for readers, selected, reachable by Tab, faded. As in the scene,
/// what has not changed is the same object again.
import type { CellView } from '../../model/views.ts';
import { matches, type Filter } from './filter.ts';
import type { Placed } from './scene.ts';

export interface Look {
  readonly placed: Placed;
  readonly name: string;
  readonly selected: boolean;
  /** Whether Tab goes there: one cell of all. */
  readonly tabbable: boolean;
  readonly faded: boolean;
}

export interface Light {
  readonly selected: ReadonlySet<string>;
  readonly tabStop: string | null;
  readonly filter: Filter;
  /** Null while something is dragged: then names stay as they were, and are right again when it has ended. */
  readonly nameOf: ((cell: CellView) => string) | null;
}

export class Looks {
  #last = new Map<string, Look>();

  of(placed: readonly Placed[], light: Light): readonly Look[] {
    const before = this.#last;
    const next = new Map<string, Look>();
    let { tabStop } = light;
    for (const each of placed) {
      const last = before.get(each.key);
      const look = lookOf(each, { ...light, tabStop }, last);
      // Of those with the same id, Tab goes to one.
      if (look.tabbable) tabStop = null;
      next.set(each.key, last && isSame(last, look) ? last : look);
    }
    this.#last = next;
    return [...next.values()];
  }
}

function lookOf(placed: Placed, { selected, tabStop, filter, nameOf }: Light, last: Look | undefined): Look {
  const { cell } = placed;
  return {
    placed,
    name: nameOf?.(cell) ?? last?.name ?? cell.name,
    selected: selected.has(cell.id),
    tabbable: cell.id === tabStop,
    faded: !matches(cell, filter),
  };
}

function isSame(a: Look, b: Look): boolean {
  return (
    a.placed === b.placed &&
    a.name === b.name &&
    a.selected === b.selected &&
    a.tabbable === b.tabbable &&
    a.faded === b.faded
  );
}
