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

/** What a flow has in common with those that lie on it, and whether it runs as their key says or back. */
interface Course {
  readonly key: string;
  readonly sign: 1 | -1;
  readonly looped: boolean;
}

interface Member extends Course {
  readonly cell: CellView;
}

const courses = new WeakMap<CellView, Course | null>();

/** Null for a flow that lies on no other: it has vertices, or an end of its own. */
function courseOf(cell: CellView): Course | null {
  let course = courses.get(cell);
  if (course === undefined) {
    course = cell.isEdge && cell.vertices.length === 0 ? between(cell) : null;
    courses.set(cell, course);
  }
  return course;
}

function between({ source, target, route }: CellView): Course | null {
  const [from, to] = [keyOf(source), keyOf(target)];
  if (from === null || to === null) return null;
  const forth = from <= to;
  const key = `${forth ? from : to}\n${forth ? to : from}\n${route}`;
  return { key, sign: forth ? 1 : -1, looped: from === to };
}

function bendsAmong(cells: readonly CellView[]): Bends {
  const groups = new Map<string, Member[]>();
  for (const cell of cells) {
    const course = courseOf(cell);
    if (course === null) continue;
    const group = groups.get(course.key);
    if (group === undefined) groups.set(course.key, [{ cell, ...course }]);
    else group.push({ cell, ...course });
  }
  const bends = new Map<CellView, number>();
  for (const group of groups.values()) bend(group, bends);
  return bends;
}

function bend(group: readonly Member[], bends: Map<CellView, number>): void {
  const [first] = group;
  if (first === undefined || group.length < 2) return;
  const middle = first.looped ? 0 : (group.length - 1) / 2;
  group.forEach(({ cell, sign }, index) => {
    bends.set(cell, sign * (index - middle) * APART);
  });
}

function keyOf(end: End): string | null {
  return isCellEnd(end) ? `${end.cell}\n${end.port ?? ''}` : null;
}
