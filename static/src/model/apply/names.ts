/// What a cell is called, in its data and wherever the file says what is drawn.
import { ensureObject, set, type Path, type Spot } from '../json/edit.ts';
import { asText, at, get, isObject, items, Scalar, type Container, type Json } from '../json/node.ts';
import { OperationError } from '../operation.ts';
import { kindOf } from '../vocabulary.ts';
import { LABEL_PARTS, type Point } from '../views.ts';
import { dataIn, requireFinite } from './cells.ts';

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
  return setTexts(spot, ['attrs'], parts, called);
}

function nameEdge(spot: Spot, called: string): Json {
  const label = items(get(spot.node, 'labels'))[0];
  if (label instanceof Scalar && label.kind === 'string') return set(spot, ['labels', 0], called);
  if (isObject(label)) return nameLabel(spot, label, called);
  if (called === '') return spot.node;
  const fresh = { attrs: { label: { text: called } }, position: 0.5 };
  return label === undefined ? set(spot, ['labels'], [fresh]) : set(spot, ['labels', 0], fresh);
}

function nameLabel(spot: Spot, label: Container, called: string): Json {
  const stored = LABEL_PARTS.filter((part) => asText(at(label, 'attrs', part, 'text')) !== undefined);
  if (stored.length === 0 && called === '') return spot.node;
  return setTexts(spot, ['labels', 0, 'attrs'], stored.length > 0 ? stored : ['label'], called);
}

/** Gives these parts of `attrs` a text; what stands in the way is replaced. */
function setTexts(spot: Spot, attrs: Path, parts: readonly string[], text: string): Json {
  let node = ensureObject(spot, attrs);
  for (const part of parts) {
    node = ensureObject({ ...spot, node }, [...attrs, part]);
    node = set({ ...spot, node }, [...attrs, part, 'text'], text);
  }
  return node;
}

/** A number stays a number unless an offset is to be kept beside it. */
export function placeLabel(spot: Spot, distance: number, offset?: number | Point): Json {
  const label = items(get(spot.node, 'labels'))[0];
  if (!isObject(label) && asText(label) === undefined) {
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
