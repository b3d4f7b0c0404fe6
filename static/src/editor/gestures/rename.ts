/// Giving an element another name. A text block has no border that hides its words: it grows with them.
import type { Operation } from '../../model/operation.ts';
import type { CellView } from '../../model/views.ts';
import { boxOf } from '../geometry/box.ts';
import { lines } from '../geometry/text.ts';

/** Around the words of a text block. */
const MARGIN = 6;

/** What is to be done, as one step. */
export function renaming(diagram: number, cell: CellView, name: string): Operation[] {
  const named: Operation = { type: 'nameCell', diagram, cell: cell.id, name };
  return [named, ...(cell.kind === 'text' ? grown(diagram, cell, name) : [])];
}

/** About its middle, where the words stand. */
function grown(diagram: number, cell: CellView, name: string): Operation[] {
  const box = boxOf(cell);
  if (box === null || cell.locked) return [];
  const words = lines(name);
  const width = Math.max(box.width, Math.ceil(words.width) + 2 * MARGIN);
  const height = Math.max(box.height, Math.ceil(words.height) + 2 * MARGIN);
  if (width === box.width && height === box.height) return [];
  const [x, y] = [box.x - (width - box.width) / 2, box.y - (height - box.height) / 2];
  return [{ type: 'resizeCell', diagram, cell: cell.id, x, y, width, height }];
}
