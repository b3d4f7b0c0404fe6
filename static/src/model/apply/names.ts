/// What a cell is called, in its data and wherever the file says what is drawn.
import { append, ensure, set, type Spot } from '../json/edit.ts';
import { asText, at, Container, get, isArray, isObject, items, Scalar, type Json } from '../json/node.ts';
import { OperationError } from '../operation.ts';
import { kindOf } from '../vocabulary.ts';
import type { Point } from '../views.ts';
import { dataIn, requireFinite } from './cells.ts';

/** The parts of a label that may hold its text: three generations of them. */
const LABEL_PARTS = ['label', 'labelText', 'text'];

export function name(spot: Spot, called: string): Json {
  let node = set({ ...spot, node: dataIn(spot) }, ['data', 'name'], called);
  const isEdge = get(node, 'source') !== undefined || get(node, 'target') !== undefined;
  node = isEdge ? nameEdge({ ...spot, node }, called) : nameNode({ ...spot, node }, called);
  return asText(get(node, 'label')) === undefined ? node : set({ ...spot, node }, ['label'], called);
}

function nameNode(spot: Spot, called: string): Json {
  const stored = ['text', 'label'].filter((part) => asText(at(spot.node, 'attrs', part, 'text')) !== undefined);
  const isBox = kindOf(asText(get(spot.node, 'shape')) ?? '', false) === 'boundary-box';
  const parts = stored.length > 0 ? stored : [isBox ? 'label' : 'text'];
  let node = ensure(spot, ['attrs'], {});
  for (const part of parts) {
    node = ensure({ ...spot, node }, ['attrs', part], {});
    node = set({ ...spot, node }, ['attrs', part, 'text'], called);
  }
  return node;
}

function nameEdge(spot: Spot, called: string): Json {
  const labels = get(spot.node, 'labels');
  const label = items(labels)[0];
  if (label instanceof Scalar && label.kind === 'string') return set(spot, ['labels', 0], called);
  if (isObject(label)) return nameLabel(spot, label, called);
  if (called === '' || (labels !== undefined && !isArray(labels))) return spot.node;
  const fresh = { attrs: { label: { text: called } }, position: 0.5 };
  if (label !== undefined) return set(spot, ['labels', 0], fresh);
  return append({ ...spot, node: ensure(spot, ['labels'], []) }, ['labels'], fresh);
}

function nameLabel(spot: Spot, label: Container, called: string): Json {
  const stored = LABEL_PARTS.filter((part) => asText(at(label, 'attrs', part, 'text')) !== undefined);
  let node = ensure(spot, ['labels', 0, 'attrs'], {});
  for (const part of stored.length > 0 ? stored : ['label']) {
    node = ensure({ ...spot, node }, ['labels', 0, 'attrs', part], {});
    node = set({ ...spot, node }, ['labels', 0, 'attrs', part, 'text'], called);
  }
  return node;
}

/** A number stays a number unless an offset is to be kept beside it. */
export function placeLabel(spot: Spot, distance: number, offset?: number | Point): Json {
  const label = items(get(spot.node, 'labels'))[0];
  if (!(label instanceof Container) && asText(label) === undefined) {
    throw new OperationError('noLabel', 'This cell has no label that could be moved.');
  }
  const numbers = typeof offset === 'object' ? [offset.x, offset.y] : offset === undefined ? [] : [offset];
  requireFinite([distance, ...numbers], 'The place of a label must be made of finite numbers.');
  const shift = typeof offset === 'object' ? { x: offset.x, y: offset.y } : offset;
  if (!isObject(label)) {
    const position = shift === undefined ? distance : { distance, offset: shift };
    return set(spot, ['labels', 0], { attrs: { label: { text: asText(label) ?? '' } }, position });
  }
  const path = ['labels', 0, 'position'];
  if (!isObject(get(label, 'position'))) {
    return set(spot, path, shift === undefined ? distance : { distance, offset: shift });
  }
  const node = set(spot, [...path, 'distance'], distance);
  return shift === undefined ? node : set({ ...spot, node }, [...path, 'offset'], shift);
}
