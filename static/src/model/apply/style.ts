/// What Threat Dragon derives from a cell's data and keeps in the file. The stored style follows; a cell
/// that stores none gets none.
import { ensureObject, remove, set, setAll, type Spot } from '../json/edit.ts';
import { isEmpty } from '../json/equal.ts';
import { asBoolean, asText, at, get, isObject, type Json, type JsonValue } from '../json/node.ts';
import { OperationError } from '../operation.ts';
import { cellView } from '../views.ts';
import { kindOf, type Kind } from '../vocabulary.ts';
import { dataIn } from './cells.ts';

/** The dash of what is out of scope, in pixels. */
const OUT_OF_SCOPE = '4 3';

/** The parts of a shape whose stroke is derived. */
function strokedParts(kind: Kind): readonly string[] {
  switch (kind) {
    case 'actor':
    case 'process':
      return ['body'];
    case 'store':
      return ['topLine', 'bottomLine'];
    case 'flow':
      return ['line'];
    default:
      return [];
  }
}

/** A member of each stored stroke, where it is stored. */
function restroke(spot: Spot, key: string, value: JsonValue): Json {
  let { node } = spot;
  for (const part of strokedParts(cellView(spot.node).kind)) {
    if (get(at(node, 'attrs', part), key) === undefined) continue;
    node = set({ ...spot, node }, ['attrs', part, key], value);
  }
  return node;
}

/** The dash that shows whether the cell is in scope. */
export function dash(spot: Spot): Json {
  const out = asBoolean(at(spot.node, 'data', 'outOfScope')) ?? false;
  return restroke(spot, 'strokeDasharray', out ? OUT_OF_SCOPE : null);
}

/** The arrow at the source, which two-way flows have. */
export function markSource(spot: Spot): Json {
  const both = asBoolean(at(spot.node, 'data', 'isBidirectional')) ?? false;
  const stored = at(spot.node, 'attrs', 'line', 'sourceMarker');
  if (stored === undefined || strokedParts(cellView(spot.node).kind)[0] !== 'line') return spot.node;
  const path = ['attrs', 'line', 'sourceMarker'];
  if (isObject(stored)) return set(spot, [...path, 'name'], both ? 'block' : '');
  return asText(stored) === undefined ? spot.node : set(spot, path, both ? 'block' : '');
}

/** `hasOpenThreats`, and where it changes the colour and width of the stroke. */
export function markOpenThreats(spot: Spot): Json {
  const open = cellView(spot.node).openThreats > 0;
  if ((asBoolean(at(spot.node, 'data', 'hasOpenThreats')) ?? false) === open) return spot.node;
  let node = set(spot, ['data', 'hasOpenThreats'], open);
  for (const part of strokedParts(cellView(node).kind)) {
    const stored = at(node, 'attrs', part);
    if (!isObject(stored)) continue;
    node = set({ ...spot, node }, ['attrs', part, 'stroke'], open ? 'red' : '#333333');
    if (get(stored, 'strokeWidth') === undefined) continue;
    node = set({ ...spot, node }, ['attrs', part, 'strokeWidth'], open ? 2.5 : 1.5);
  }
  return node;
}

const TYPES = { actor: 'tm.Actor', process: 'tm.Process', store: 'tm.Store' } as const;

/** Another kind of element: its data and threats are kept, the stored stroke moves to the parts it has now. */
export function setShape(spot: Spot, shape: keyof typeof TYPES): Json {
  const old = kindOf(asText(get(spot.node, 'shape')) ?? '', false);
  if (!Object.hasOwn(TYPES, old) || !Object.hasOwn(TYPES, shape)) {
    throw new OperationError('notChangeable', 'Only actors, processes and stores can be changed into each other.');
  }
  if (old === shape) return spot.node;
  let node = set(spot, ['shape'], shape);
  node = dataIn({ ...spot, node });
  node = set({ ...spot, node }, ['data', 'type'], TYPES[shape]);
  return restyle({ ...spot, node }, strokedParts(old), strokedParts(shape));
}

const STROKE = ['stroke', 'strokeWidth', 'strokeDasharray'];

/** Moves the stored stroke to the parts that another shape has. Where two had one, the first says more. */
function restyle(spot: Spot, from: readonly string[], to: readonly string[]): Json {
  if (from[0] === to[0]) return spot.node;
  const stroke = STROKE.flatMap((key): [string, Json][] => {
    const stored = from.map((part) => at(spot.node, 'attrs', part, key)).find((each) => each !== undefined);
    return stored ? [[key, stored]] : [];
  });
  let { node } = spot;
  for (const part of stroke.length > 0 ? from : []) node = withoutStroke({ ...spot, node }, part);
  for (const part of stroke.length > 0 ? to : []) {
    node = ensureObject({ ...spot, node }, ['attrs', part]);
    node = setAll({ ...spot, node }, ['attrs', part], stroke);
  }
  return node;
}

/** A part that has nothing else to say goes with its stroke. */
function withoutStroke(spot: Spot, part: string): Json {
  let { node } = spot;
  for (const key of STROKE) node = remove({ ...spot, node }, ['attrs', part, key]);
  const left = at(node, 'attrs', part);
  return left && left !== at(spot.node, 'attrs', part) && isEmpty(left)
    ? remove({ ...spot, node }, ['attrs', part])
    : node;
}
