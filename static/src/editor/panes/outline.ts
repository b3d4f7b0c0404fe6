/// The outline of a diagram: elements in the boundaries that hold them, then flows, then boundaries that
/// are curves, as rows of a table.
import { kindName } from '../../i18n/terms.ts';
import { t } from '../../i18n/translate.svelte.ts';
import { isCellEnd, type CellView, type DiagramView, type End } from '../../model/views.ts';
import { parents } from '../navigate/nesting.ts';
import { nameOf } from './naming.ts';

export interface Row {
  readonly cell: CellView;
  /** 1 for what lies in no boundary. */
  readonly level: number;
  /** Whether other rows lie in it, and then whether they are shown. */
  readonly holds: 'nothing' | 'shown' | 'hidden';
  /** What the cell is, and for a flow from where to where. */
  readonly about: string;
}

export interface Wish {
  /** The boundaries whose contents are not shown. */
  readonly closed: ReadonlySet<string>;
  /** Only rows with this text in them, and what they lie in. */
  readonly query: string;
}

const GROUPS: readonly ((cell: CellView) => boolean)[] = [
  (cell) => !cell.isEdge,
  (cell) => cell.isEdge && !cell.isBoundary,
  (cell) => cell.isEdge && cell.isBoundary,
];

export function rowsOf(diagram: DiagramView, { closed, query }: Wish): Row[] {
  const children = childrenOf(diagram);
  const wanted = query.trim() === '' ? null : wantedOf(diagram, children, query.trim().toLowerCase());
  const rows: Row[] = [];
  const add = (parent: CellView | null, level: number) => {
    for (const cell of children.get(parent) ?? []) {
      if (wanted && !wanted.has(cell)) continue;
      const isOpen = wanted !== null || !closed.has(cell.id);
      const holds = !children.has(cell) ? 'nothing' : isOpen ? 'shown' : 'hidden';
      rows.push(row(cell, level, holds, aboutOf(cell, diagram)));
      if (isOpen) add(cell, level + 1);
    }
  };
  add(null, 1);
  return rows;
}

type Children = ReadonlyMap<CellView | null, readonly CellView[]>;

/** What lies in each boundary box, and (null) in none. */
function childrenOf(diagram: DiagramView): Children {
  const parent = parents(diagram.cells);
  const children = new Map<CellView | null, CellView[]>();
  for (const belongs of GROUPS) {
    for (const cell of diagram.cells.filter(belongs)) {
      const around = cell.isEdge ? null : (diagram.cell(parent.get(cell.id) ?? '') ?? null);
      const siblings = children.get(around);
      if (siblings) siblings.push(cell);
      else children.set(around, [cell]);
    }
  }
  return children;
}

/** What has the text in its name or in what is said about it, and all that such rows lie in. */
function wantedOf(diagram: DiagramView, children: Children, query: string): Set<CellView> {
  const wanted = new Set<CellView>();
  const visit = (cell: CellView): boolean => {
    const inside = (children.get(cell) ?? []).map(visit).includes(true);
    const itself = `${cell.name} ${aboutOf(cell, diagram)}`.toLowerCase().includes(query);
    if (inside || itself) wanted.add(cell);
    return inside || itself;
  };
  children.get(null)?.forEach(visit);
  return wanted;
}

function aboutOf(cell: CellView, diagram: DiagramView): string {
  const kind = kindName(cell.kind);
  if (cell.kind !== 'flow' && cell.kind !== 'unknown-edge') return kind;
  const [source, target] = [endName(cell.source, diagram), endName(cell.target, diagram)];
  return t('canvas.joined', { named: kind, source, target });
}

function endName(end: End, diagram: DiagramView): string {
  const cell = isCellEnd(end) ? diagram.cell(end.cell) : undefined;
  return cell ? nameOf(cell) : t('panes.open-end');
}

const made = new WeakMap<CellView, Row>();

/** The same row as before, where nothing in it has changed: then nothing of it is drawn anew. */
function row(cell: CellView, level: number, holds: Row['holds'], about: string): Row {
  const old = made.get(cell);
  if (old && old.level === level && old.holds === holds && old.about === about) return old;
  const next = { cell, level, holds, about };
  made.set(cell, next);
  return next;
}

/** Where a key leads from a row: the index of another row, or the wish to open or close a boundary. */
export function step(rows: readonly Row[], at: number, key: string): number | 'open' | 'close' | null {
  const here = rows[at];
  if (!here) return null;
  const last = rows.length - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, last);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'PageDown':
      return Math.min(at + 10, last);
    case 'PageUp':
      return Math.max(at - 10, 0);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowRight':
      if (here.holds === 'hidden') return 'open';
      return here.holds === 'shown' ? at + 1 : at;
    case 'ArrowLeft':
      if (here.holds === 'shown') return 'close';
      return here.level === 1
        ? at
        : Math.max(
            rows.findLastIndex((row, index) => index < at && row.level < here.level),
            0,
          );
    default:
      return null;
  }
}
