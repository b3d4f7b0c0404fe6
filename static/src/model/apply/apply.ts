/// Applying operations to a document.
import { InvalidModel, type Document } from '../document.ts';
import { set, type Spot } from '../json/edit.ts';
import { requireFinite, dataIn, lock, move, plain, resize, turn } from './cells.ts';
import { asBoolean, at, Container, Scalar, type Json } from '../json/node.ts';
import { DEPTH_MAX, HALF } from '../json/parse.ts';
import { OperationError, type NewValue, type Operation } from '../operation.ts';
import { Draft } from './draft.ts';
import { reverse, setEnd, setRoute, setVertices } from './flows.ts';
import {
  addCell,
  addDiagram,
  addThreat,
  moveDiagram,
  removeThreat,
  setDetailField,
  setDiagramField,
  setModelField,
  setThreatField,
} from './model.ts';
import { name, placeLabel } from './names.ts';
import { dash, markSource, setShape } from './style.ts';

/** @throws {OperationError} when what it names is not there, or the result would be no threat model */
export function apply(document: Document, operation: Operation): Document {
  return applyAll(document, [operation]);
}

/** All of them or none; the same document when they change nothing. @throws {OperationError} */
export function applyAll(document: Document, operations: readonly Operation[]): Document {
  if (document.generation === 1) {
    throw new OperationError('oldGeneration', 'A version 1 model must be upgraded before it is edited.');
  }
  const draft = new Draft(document);
  for (const operation of operations) {
    requireSound(operation, 0);
    edit(draft, operation);
  }
  try {
    return draft.document();
  } catch (thrown) {
    if (thrown instanceof InvalidModel) throw new OperationError('invalid', thrown.message);
    throw thrown;
  }
}

/** What is written must be readable: whole characters, and nothing too deep. Nodes have been read so. */
function requireSound(value: Operation | NewValue, depth: number): void {
  if (typeof value === 'string' && HALF.test(value)) {
    throw new OperationError('invalid', 'A text must be made of whole characters.');
  }
  if (typeof value !== 'object' || value === null || value instanceof Container || value instanceof Scalar) return;
  if (depth > DEPTH_MAX) throw new OperationError('invalid', `A value must be nested at most ${DEPTH_MAX} deep.`);
  const entries: Iterable<[string, NewValue]> = value instanceof Map ? value : Object.entries(value);
  for (const [key, each] of entries) {
    requireSound(key, depth);
    requireSound(each, depth + 1);
  }
}

function edit(draft: Draft, operation: Operation): void {
  if (operation.type !== 'addThreat' && operation.type !== 'addCell') draft.settleNumbers();
  switch (operation.type) {
    case 'setSummaryField':
      return draft.set(['summary', operation.key], operation.value);
    case 'setDetailField':
      return setDetailField(draft, operation);
    case 'setModelField':
      return setModelField(draft, operation);
    case 'addDiagram':
      return addDiagram(draft, operation.diagram);
    case 'removeDiagram':
      return draft.remove(draft.diagram(operation.diagram));
    case 'moveDiagram':
      requireFinite([operation.to], 'A place must be a finite number.');
      return moveDiagram(draft, operation.diagram, operation.to);
    case 'setDiagramField':
      return setDiagramField(draft, operation);
    case 'addCell':
      return addCell(draft, operation.diagram, operation.cell);
    case 'removeCell':
      return draft.removeCell(operation.diagram, operation.cell);
    case 'addThreat':
      return addThreat(draft, operation);
    default:
      return draft.editCell(operation.diagram, operation.cell, (spot) => editCell(spot, operation));
  }
}

type OfModel =
  | 'setSummaryField'
  | 'setDetailField'
  | 'setModelField'
  | 'addDiagram'
  | 'removeDiagram'
  | 'moveDiagram'
  | 'setDiagramField'
  | 'addCell'
  | 'removeCell'
  | 'addThreat';
type OnCell = Exclude<Operation, { type: OfModel }>;

function editCell(spot: Spot, operation: OnCell): Json {
  switch (operation.type) {
    case 'moveCell':
      return move(spot, operation);
    case 'resizeCell':
      return resize(spot, operation);
    case 'turnCell':
      return turn(spot, operation.angle);
    case 'orderCell':
      requireFinite([operation.zIndex], 'An order must be a finite number.');
      return set(spot, ['zIndex'], plain(operation.zIndex));
    case 'lockCell':
      return lock(spot, operation.locked);
    case 'nameCell':
      return name(spot, operation.name);
    case 'setShape':
      return setShape(spot, operation.shape);
    case 'setCellField':
      return setField(spot, operation);
    case 'setEnd':
      return setEnd(spot, operation.end, operation.to);
    case 'setVertices':
      return setVertices(spot, operation.vertices);
    case 'setRoute':
      return setRoute(spot, operation.route);
    case 'reverseFlow':
      return reverse(spot);
    case 'placeLabel':
      return placeLabel(spot, operation.distance, operation.offset);
    case 'removeThreat':
      return removeThreat(spot, operation.threat);
    case 'setThreatField':
      return setThreatField(spot, operation.threat, operation.key, operation.value);
  }
}

function setField(spot: Spot, { key, value }: Extract<Operation, { type: 'setCellField' }>): Json {
  const node = set({ ...spot, node: dataIn(spot) }, ['data', key], value);
  if (isTrue(node, key) === isTrue(spot.node, key)) return node;
  if (key === 'outOfScope') return dash({ ...spot, node });
  return key === 'isBidirectional' ? markSource({ ...spot, node }) : node;
}

/** Anything but `true` is no. */
function isTrue(cell: Json, key: string): boolean {
  return asBoolean(at(cell, 'data', key)) ?? false;
}
