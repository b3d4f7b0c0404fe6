/// What has become of a cell between two versions, and what a picture of both shows of it.

/** What a cell is marked as. */
export type Mark = 'added' | 'removed' | 'changed' | 'moved';

/** By the id of the cell. */
export type Marks = ReadonlyMap<string, Mark>;

export const NO_MARKS: Marks = new Map();
