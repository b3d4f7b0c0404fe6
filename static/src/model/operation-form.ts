/// The JSON form of an operation, and reading it from a text that anyone may have written: what is not
/// exactly an operation is refused.
import { fromPlain } from './json/layout.ts';
import { asBoolean, asNumber, asText, get, isArray, isObject, items, type Json } from './json/node.ts';
import type { NewValue, Operation } from './operation.ts';
import type { CellEnd, Point } from './views.ts';

/** Why a text is not what this app writes. */
export class UnknownForm extends Error {
  override readonly name = 'UnknownForm';
}

/** Gives a member's value; undefined when it is none of this kind. */
type Reader = (node: Json) => unknown;

const any: Reader = (node) => node;
const text: Reader = asText;
const number: Reader = asNumber;
const yesOrNo: Reader = asBoolean;
const points: Reader = (node) => {
  const found = items(node).flatMap((each) => pointOf(each) ?? []);
  return isArray(node) && found.length === items(node).length ? found : undefined;
};
const end: Reader = (node) => pointOf(node) ?? cellEndOf(node);
const offset: Reader = (node) => asNumber(node) ?? pointOf(node);
const oneOf =
  (...words: string[]): Reader =>
  (node) =>
    words.find((word) => word === asText(node));

const CELL: [string, Reader][] = [
  ['diagram', number],
  ['cell', text],
];
const THREAT: [string, Reader][] = [...CELL, ['threat', text]];
const MEMBER: [string, Reader][] = [
  ['key', text],
  ['value', any],
];
const PLACE: [string, Reader][] = [
  ['x', number],
  ['y', number],
];

/** The members of each type, in the order in which they are written. */
const FORMS: ReadonlyMap<string, ReadonlyMap<string, Reader>> = forms({
  setSummaryField: MEMBER,
  setDetailField: MEMBER,
  setModelField: MEMBER,
  addDiagram: [['diagram', any]],
  removeDiagram: [['diagram', number]],
  moveDiagram: [
    ['diagram', number],
    ['to', number],
  ],
  setDiagramField: [['diagram', number], ...MEMBER],
  addCell: [
    ['diagram', number],
    ['cell', any],
  ],
  removeCell: CELL,
  moveCell: [...CELL, ...PLACE],
  resizeCell: [...CELL, ...PLACE, ['width', number], ['height', number]],
  turnCell: [...CELL, ['angle', number]],
  orderCell: [...CELL, ['zIndex', number]],
  lockCell: [...CELL, ['locked', yesOrNo]],
  nameCell: [...CELL, ['name', text]],
  setShape: [...CELL, ['shape', text]],
  setCellField: [...CELL, ...MEMBER],
  setEnd: [...CELL, ['end', oneOf('source', 'target')], ['to', end]],
  setVertices: [...CELL, ['vertices', points]],
  setRoute: [...CELL, ['route', oneOf('smooth', 'straight', 'orthogonal')]],
  reverseFlow: CELL,
  placeLabel: [...CELL, ['distance', number], ['offset', offset]],
  addThreat: [...CELL, ['threat', any]],
  removeThreat: THREAT,
  setThreatField: [...THREAT, ...MEMBER],
});

/** The members that may be missing. */
const OPTIONAL = new Set(['offset']);

function forms(table: Record<Operation['type'], [string, Reader][]>): ReadonlyMap<string, ReadonlyMap<string, Reader>> {
  return new Map(Object.entries(table).map(([type, members]) => [type, new Map(members)]));
}

/** Reads one operation. @throws {UnknownForm} */
export function operationOf(node: Json | undefined): Operation {
  const type = asText(get(node, 'type')) ?? '';
  const form = FORMS.get(type);
  if (!isObject(node) || !form) throw new UnknownForm(`There is no operation ${JSON.stringify(type)}.`);
  const stray = node.parts.find(({ key }) => key !== 'type' && !form.has(key));
  if (stray) throw new UnknownForm(`The operation ${type} has no ${JSON.stringify(stray.key)}.`);
  const operation: Record<string, unknown> = { type };
  for (const [key, read] of form) {
    const given = get(node, key);
    const value = given && read(given);
    if (value !== undefined) operation[key] = value;
    else if (given || !OPTIONAL.has(key)) throw new UnknownForm(`The operation ${type} needs a proper ${key}.`);
  }
  // The table above has the members of each type.
  return operation as Operation;
}

/** Writes one operation; values that are nodes keep their tokens. */
export function operationText(operation: Operation): string {
  const members: [string, NewValue | undefined][] = Object.entries(operation);
  const written = members.map(([key, value]) => (value === undefined ? [] : `"${key}":${fromPlain(value).raw}`));
  return `{${written.flat().join(',')}}`;
}

function pointOf(node: Json): Point | undefined {
  const [x, y] = [asNumber(get(node, 'x')), asNumber(get(node, 'y'))];
  return isObject(node) && node.parts.length === 2 && x !== undefined && y !== undefined ? { x, y } : undefined;
}

function cellEndOf(node: Json): CellEnd | undefined {
  const [cell, port] = [asText(get(node, 'cell')), asText(get(node, 'port'))];
  if (!isObject(node) || cell === undefined) return undefined;
  if (port === undefined) return node.parts.length === 1 ? { cell } : undefined;
  return node.parts.length === 2 ? { cell, port } : undefined;
}
