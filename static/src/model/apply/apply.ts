/// Applying operations to a document.
import { InvalidModel, type Document } from '../document.ts';
import { set, type Spot } from '../json/edit.ts';
import { requireFinite, dataIn, lock, move, plain, resize, turn } from './cells.ts';
import { asBoolean, at, type Json } from '../json/node.ts';
import { OperationError, type Operation } from '../operation.ts';
import { Draft } from './draft.ts';
import { reverse, setEnd, setRoute, setVertices } from './flows.ts';
import { addCell, addDiagram, addThreat, removeCell, removeThreat, setDiagramField, setThreatField } from './model.ts';
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
  for (const operation of operations) edit(draft, operation);
  try {
    return draft.document();
  } catch (thrown) {
    if (thrown instanceof InvalidModel) throw new OperationError('invalid', thrown.message);
    throw thrown;
  }
}

function edit(draft: Draft, operation: Operation): void {
  switch (operation.type) {
    case 'setSummaryField':
      return draft.set(['summary', operation.key], operation.value);
    case 'addDiagram':
      return addDiagram(draft, operation.diagram);
    case 'removeDiagram':
      return draft.remove(draft.diagram(operation.diagram));
    case 'setDiagramField':
      return setDiagramField(draft, operation);
    case 'addCell':
      return addCell(draft, operation.diagram, operation.cell);
    case 'removeCell':
      return removeCell(draft, operation.diagram, operation.cell);
    case 'addThreat':
      return addThreat(draft, operation);
    default:
      return draft.editCell(operation.diagram, operation.cell, (spot) => editCell(spot, operation));
  }
}

type OfModel = 'setSummaryField' | 'addDiagram' | 'removeDiagram' | 'setDiagramField' | 'addCell' | 'removeCell' | 'addThreat';
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
