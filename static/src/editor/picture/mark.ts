/// What has become of a cell between two versions, and what a picture of both shows of it.
import type { CellView } from '../../model/views.ts';
import type { Box } from '../geometry/box.ts';

/** What a cell is marked as. */
export type Mark = 'added' | 'removed' | 'changed' | 'moved';

/** By the id of the cell. */
export type Marks = ReadonlyMap<string, Mark>;

export const NO_MARKS: Marks = new Map();

/** A marked cell where it is drawn; `from` is where it stood before, for one that has moved. */
export interface Marked {
  readonly cell: CellView;
  readonly mark: Mark;
  readonly bounds: Box;
  readonly from: Box | null;
}

/** The sign of each mark as a path, within a circle of radius 10. */
export const SIGNS: Readonly<Record<Mark, string>> = {
  added: 'M-5 0H5M0 -5V5',
  removed: 'M-5 0H5',
  changed: 'M-2.5 0a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0 -5 0',
  moved: 'M-5 0H5M2 -3L5 0L2 3',
};
