/// Edits of where a cell is and how it is drawn.
import { remove, set, setAll, type Spot } from '../json/edit.ts';
import { get, isObject, type Json } from '../json/node.ts';
import { isEmpty } from '../json/equal.ts';
import { OperationError } from '../operation.ts';
import type { Point, Size } from '../views.ts';

export function move(spot: Spot, to: Point): Json {
  requirePosition(spot.node);
  requireFinite([to.x, to.y], 'A position must be made of finite numbers.');
  return setAll(
    spot,
    ['position'],
    [
      ['x', plain(to.x)],
      ['y', plain(to.y)],
    ],
  );
}

export function resize(spot: Spot, box: Point & Size): Json {
  requirePosition(spot.node);
  if (!isObject(get(spot.node, 'size'))) {
    throw new OperationError('noSize', 'This cell has no size that could be changed.');
  }
  requireFinite([box.x, box.y, box.width, box.height], 'A place and size must be made of finite numbers.');
  if (box.width <= 0 || box.height <= 0) {
    throw new OperationError('notPositive', 'A width and a height must be more than nothing.');
  }
  const size = [
    ['width', box.width],
    ['height', box.height],
  ] as const;
  return setAll({ ...spot, node: move(spot, box) }, ['size'], size);
}

export function turn(spot: Spot, angle: number): Json {
  requirePosition(spot.node);
  requireFinite([angle], 'An angle must be a finite number.');
  return plain(angle) === 0 ? remove(spot, ['angle']) : set(spot, ['angle'], angle);
}

/** `data.wyvern.locked` is there only where it is true, and `data.wyvern` only where something is in it. */
export function lock(spot: Spot, locked: boolean): Json {
  const data = dataIn(spot, locked);
  const own = get(get(data, 'data'), 'wyvern');
  if (!locked) {
    const node = remove(spot, ['data', 'wyvern', 'locked']);
    const left = get(get(node, 'data'), 'wyvern');
    return left && left !== own && isEmpty(left) ? remove({ ...spot, node }, ['data', 'wyvern']) : node;
  }
  const path = ['data', 'wyvern'];
  return isObject(own)
    ? set({ ...spot, node: data }, [...path, 'locked'], true)
    : set({ ...spot, node: data }, path, { locked: true });
}

/** The cell with `data`, which is made when it is missing and wanted. */
export function dataIn(spot: Spot, wanted = true): Json {
  return !wanted || get(spot.node, 'data') !== undefined ? spot.node : set(spot, ['data'], {});
}

/** JavaScript writes minus zero as zero. */
export function plain(number: number): number {
  return number === 0 ? 0 : number;
}

export function requireFinite(numbers: readonly number[], otherwise: string): void {
  if (!numbers.every(Number.isFinite)) throw new OperationError('notFinite', otherwise);
}

function requirePosition(node: Json): void {
  if (isObject(get(node, 'position'))) return;
  throw new OperationError('noPosition', 'This cell has no position that could be changed.');
}
