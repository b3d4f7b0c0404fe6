/// Edits of a model's frame: diagrams, cells as wholes, threats.
import { append, ensure, remove, set, type Spot } from '../json/edit.ts';
import { fromPlain } from '../json/layout.ts';
import { asNumber, asText, at, Container, get, isObject, items, type Json } from '../json/node.ts';
import { OperationError, type NewValue, type Operation } from '../operation.ts';
import { cellView, threatView } from '../views.ts';
import { dataIn } from './cells.ts';
import type { Draft } from './draft.ts';
import { markOpenThreats } from './style.ts';

/** What Threat Dragon takes for the highest threat number, and the next diagram id, of a model that does not say. */
const THREAT_TOP_UNSAID = 100;
const DIAGRAM_TOP_UNSAID = 10;

export function addDiagram(draft: Draft, diagram: NewValue): void {
  const node = fromPlain(diagram);
  if (!isObject(node) || asText(get(node, 'title')) === undefined) throw incomplete('diagram', 'a title');
  const id = items(at(draft.root, 'detail', 'diagrams')).reduce(
    (most, each) => Math.max(most, (whole(get(each, 'id')) ?? -1) + 1),
    top(draft.root, 'diagramTop', DIAGRAM_TOP_UNSAID),
  );
  draft.append(['detail', 'diagrams'], withMember(node, 'id', id, 'first'));
  draft.set(['detail', 'diagramTop'], id + 1);
}

/** Puts a diagram elsewhere among the others. */
export function moveDiagram(draft: Draft, diagram: number, to: number): void {
  const from = Number(draft.diagram(diagram)[2]);
  const diagrams = at(draft.root, 'detail', 'diagrams');
  if (!(diagrams instanceof Container)) return;
  const [moved, others] = [diagrams.parts.slice(from, from + 1), diagrams.parts.toSpliced(from, 1)];
  const parts = others.toSpliced(Math.max(0, Math.trunc(to)), 0, ...moved);
  draft.set(['detail', 'diagrams'], new Container('array', parts, diagrams.tail));
}

/** The members that make a thing what it is, or that other operations change. */
const RESERVED = {
  model: new Set(['version', 'summary', 'detail']),
  detail: new Set(['diagrams', 'diagramTop', 'threatTop']),
  diagram: new Set(['id', 'cells', 'diagramJson']),
};

type Setting<Type extends Operation['type']> = Extract<Operation, { type: Type }>;

export function setDiagramField(draft: Draft, { diagram, key, value }: Setting<'setDiagramField'>): void {
  const path = draft.diagram(diagram);
  requireFree('diagram', key);
  draft.set([...path, key], value);
}

export function setDetailField(draft: Draft, { key, value }: Setting<'setDetailField'>): void {
  requireFree('detail', key);
  draft.set(['detail', key], value);
}

export function setModelField(draft: Draft, { key, value }: Setting<'setModelField'>): void {
  requireFree('model', key);
  draft.set([key], value);
}

function requireFree(of: keyof typeof RESERVED, key: string): void {
  if (RESERVED[of].has(key)) throw new OperationError('reservedField', `The member ${key} cannot be set like this.`);
}

export function addCell(draft: Draft, diagram: number, cell: NewValue): void {
  draft.diagram(diagram);
  const node = cell instanceof Container ? cell : fromPlain(cell);
  const id = asText(get(node, 'id'));
  if (!isObject(node) || id === undefined || asText(get(node, 'shape')) === undefined) {
    throw incomplete('cell', 'an id and a shape');
  }
  if (draft.hasCell(diagram, id)) throw taken('cell', id);
  if (cellView(node).threats.length > 0) draft.settleNumbers();
  draft.addCell(diagram, id, node);
}

export function addThreat(draft: Draft, { diagram, cell, threat }: Extract<Operation, { type: 'addThreat' }>): void {
  const found = draft.cell(diagram, cell);
  const node = fromPlain(threat);
  const id = asText(get(node, 'id'));
  if (!isObject(node) || id === undefined) throw incomplete('threat', 'an id');
  if (cellView(found).threats.some((each) => each.id === id)) throw taken('threat', id);
  const number = draft.nextNumber(highestNumber);
  const numbered = withMember(node, 'number', number, 'last');
  draft.editCell(diagram, cell, (spot) => {
    const held = ensure({ ...spot, node: dataIn(spot) }, ['data', 'threats'], []);
    return markOpenThreats({ ...spot, node: append({ ...spot, node: held }, ['data', 'threats'], numbered) });
  });
}

export function removeThreat(spot: Spot, id: string): Json {
  const path = threatPath(spot.node, id);
  return markOpenThreats({ ...spot, node: remove(spot, path) });
}

export function setThreatField(spot: Spot, id: string, key: string, value: NewValue): Json {
  const node = set(spot, [...threatPath(spot.node, id), key], value);
  return key === 'status' ? markOpenThreats({ ...spot, node }) : node;
}

function threatPath(cell: Json, id: string): (string | number)[] {
  const index = items(at(cell, 'data', 'threats')).findIndex((threat) => threatView(threat).id === id);
  if (index < 0) throw new OperationError('noThreat', `There is no threat ${JSON.stringify(id)} to this cell.`);
  return ['data', 'threats', index];
}

/** Of the threats that are there, and those that have been. */
function highestNumber(root: Json): number {
  let highest = top(root, 'threatTop', THREAT_TOP_UNSAID);
  for (const diagram of items(at(root, 'detail', 'diagrams'))) {
    for (const cell of items(get(diagram, 'cells'))) {
      for (const { node } of cellView(cell).threats) highest = Math.max(highest, whole(get(node, 'number')) ?? 0);
    }
  }
  return highest;
}

function top(root: Json, counter: string, unsaid: number): number {
  return whole(at(root, 'detail', counter)) ?? unsaid;
}

/** A number that counts something; nothing for others. */
function whole(node: Json | undefined): number | undefined {
  const number = asNumber(node);
  return number !== undefined && Number.isSafeInteger(number) && number >= 0 ? number : undefined;
}

/** An object with one member set; a new one comes first or last. */
function withMember(node: Container, key: string, value: number, where: 'first' | 'last'): Container {
  const fresh = { before: '', key, spelling: JSON.stringify(key) + ':', value: fromPlain(value), after: '' };
  const at = node.parts.findIndex((part) => part.key === key);
  if (where === 'last') {
    return new Container('object', at < 0 ? [...node.parts, fresh] : node.parts.with(at, { ...fresh }), node.tail);
  }
  return new Container('object', [fresh, ...node.parts.filter((part) => part.key !== key)], node.tail);
}

function incomplete(what: string, members: string): OperationError {
  return new OperationError('incomplete', `A new ${what} must be an object with ${members}.`);
}

function taken(what: string, id: string): OperationError {
  return new OperationError('idTaken', `There is already a ${what} ${JSON.stringify(id)}.`);
}
