/// A property of cells: which cells have it, how it is read, and which operation changes it. The panes
/// show any field for one cell or for many.
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

interface FieldOf<V> {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
  readonly has: (cell: CellView) => boolean;
  /** Whether it can be changed as the cell is now. */
  readonly free?: (cell: CellView) => boolean;
  readonly read: (cell: CellView) => V;
  readonly write: (place: CellPlace, value: V, cell: CellView) => Operation;
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

/** Fields that stand together; an empty title is not shown. */
export interface FieldGroup {
  readonly title: string;
  readonly fields: readonly Field[];
}

/** The cells whose field can be changed now. */
export function freeIn(field: Field, cells: readonly CellView[]): readonly CellView[] {
  const { free } = field;
  return free ? cells.filter((cell) => free(cell)) : cells;
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

export function change<V>(field: FieldOf<V>, cells: readonly CellView[], value: V, diagram: number): Change {
  return {
    name: `Change ${field.label.toLowerCase()} of ${calledAll(cells)}`,
    operations: cells.map((cell) => field.write({ diagram, cell: cell.id }, value, cell)),
    key: JSON.stringify([field.id, ...cells.map((cell) => cell.id)]),
  };
}
