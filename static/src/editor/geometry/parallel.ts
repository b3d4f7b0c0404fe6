/// Flows that would lie on each other exactly are bent aside. All others are drawn where they are.
import { isCellEnd, type CellView, type DiagramView, type End } from '../../model/views.ts';

/** From one parallel flow to the next. */
const APART = 30;

/** How far each flow that has a twin is bent to the right of its own direction; a loop, how much further out it goes. */
export type Bends = ReadonlyMap<CellView, number>;

const known = new WeakMap<DiagramView, Bends>();

export function bendsOf(diagram: DiagramView): Bends {
  let bends = known.get(diagram);
  if (bends === undefined) {
    bends = bendsAmong(diagram.cells);
    known.set(diagram, bends);
  }
  return bends;
}

interface Member {
  readonly cell: CellView;
  readonly sign: 1 | -1;
}

function bendsAmong(cells: readonly CellView[]): Bends {
  const groups = new Map<string, Member[]>();
  for (const cell of cells) {
    if (!cell.isEdge || cell.vertices.length > 0) continue;
    const source = keyOf(cell.source);
    const target = keyOf(cell.target);
    if (source === null || target === null) continue;
    const forth = source <= target;
    const key = `${forth ? source : target}\n${forth ? target : source}\n${cell.route}`;
    const group = groups.get(key);
    const member: Member = { cell, sign: forth ? 1 : -1 };
    if (group === undefined) groups.set(key, [member]);
    else group.push(member);
  }
  const bends = new Map<CellView, number>();
  for (const group of groups.values()) bend(group, bends);
  return bends;
}

function bend(group: readonly Member[], bends: Map<CellView, number>): void {
  const [first] = group;
  if (first === undefined || group.length < 2) return;
  const looped = keyOf(first.cell.source) === keyOf(first.cell.target);
  const middle = looped ? 0 : (group.length - 1) / 2;
  group.forEach(({ cell, sign }, index) => {
    bends.set(cell, sign * (index - middle) * APART);
  });
}

function keyOf(end: End): string | null {
  return isCellEnd(end) ? `${end.cell}\n${end.port ?? ''}` : null;
}
