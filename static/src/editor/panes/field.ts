/// A property of cells: which cells have it, how it is read, and which operation changes it. The panes
/// show any field for one cell or for many.
import type { Worded } from '../../i18n/message-key.ts';
import { t } from '../../i18n/translate.svelte.ts';
import type { Operation } from '../../model/operation.ts';
import type { CellView, DiagramView } from '../../model/views.ts';
import { calledAll } from '../gestures/words.ts';

/** Where a cell is, as operations name it. */
export interface CellPlace {
  readonly diagram: number;
  readonly cell: string;
}

export interface Choice {
  readonly value: string;
  readonly text: string;
  /** It can be shown, but not be chosen. */
  readonly disabled?: boolean;
}

/** Choices under a title; an empty title is not shown. */
export interface ChoiceGroup {
  readonly title: string;
  readonly choices: readonly Choice[];
}

/** Each has a label among the messages. */
export type FieldId = Worded<'panes.field-'>;

interface FieldOf<V> {
  readonly id: FieldId;
  /** Whether there is more to say about it than its label. */
  readonly hint?: Worded<'panes.hint-'>;
  readonly has: (cell: CellView) => boolean;
  /** Not for several cells at once: no two should have the same. */
  readonly single?: true;
  /** For several cells of which only some have it: those get it. */
  readonly some?: true;
  /** Whether it can be changed as the cell is now. */
  readonly free?: (cell: CellView) => boolean;
  readonly read: (cell: CellView) => V;
  readonly write: (place: CellPlace, value: V, cell: CellView) => Operation;
  /** Instead of `write`, where other cells change with them. */
  readonly writeAll?: (diagram: DiagramView, cells: readonly CellView[], value: V) => Operation[];
}

export interface TextField extends FieldOf<string> {
  readonly input: 'line' | 'lines';
  readonly suggestions?: readonly string[];
}

export interface CheckField extends FieldOf<boolean> {
  readonly input: 'check';
}

export interface NumberField extends FieldOf<number> {
  readonly input: 'number';
  readonly least?: number;
  readonly whole?: boolean;
  /** How much the arrow keys change it. */
  readonly step: number;
}

export interface ChoiceField extends FieldOf<string> {
  readonly input: 'choice';
  readonly choices: (diagram: DiagramView, cells: readonly CellView[]) => readonly Choice[];
}

export type Field = TextField | CheckField | NumberField | ChoiceField;

/** Fields that stand together. */
export interface FieldGroup {
  /** Each has a title among the messages; that of the general ones is not shown. */
  readonly id: Worded<'panes.group-'>;
  readonly fields: readonly Field[];
}

/** Whether a field is shown for these cells together. */
export function isOffered({ has, single, some }: Field, cells: readonly CellView[]): boolean {
  if (single && cells.length > 1) return false;
  return some ? cells.some(has) : cells.every(has);
}

/** The cells whose field can be changed now. */
export function freeIn({ has, free }: Field, cells: readonly CellView[]): readonly CellView[] {
  return cells.filter((cell) => has(cell) && (free?.(cell) ?? true));
}

/** What all have in common; null when they differ. */
export function common<V extends string | number | boolean>(values: readonly V[]): V | null {
  const [first] = values;
  return first !== undefined && values.every((value) => value === first) ? first : null;
}

/** A step that changes a field of cells. Steps with the same key that follow closely become one. */
export interface Change {
  readonly name: string;
  readonly operations: readonly Operation[];
  readonly key: string;
}

/** `diagram` is what the cells are in, before anything of the change is done. */
export function change<V>(field: FieldOf<V>, cells: readonly CellView[], value: V, diagram: DiagramView): Change {
  const place = (cell: CellView) => ({ diagram: diagram.id ?? 0, cell: cell.id });
  return {
    name: t(`panes.change-${field.id}`, { what: calledAll(cells) }),
    operations: field.writeAll?.(diagram, cells, value) ?? cells.map((cell) => field.write(place(cell), value, cell)),
    key: JSON.stringify([field.id, ...cells.map((cell) => cell.id)]),
  };
}
