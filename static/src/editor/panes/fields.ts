/// All properties of cells, as data.
import { kindName } from '../../i18n/terms.ts';
import { t } from '../../i18n/translate.svelte.ts';
import { isCellEnd, type CellView, type DiagramView, type Point, type Route } from '../../model/views.ts';
import { items, get } from '../../model/json/node.ts';
import type { Kind } from '../../model/vocabulary.ts';
import { canConnect } from '../gestures/ends.ts';
import { shifted } from '../commands/shifted.ts';
import {
  isOffered,
  type CheckField,
  type Choice,
  type ChoiceField,
  type Field,
  type FieldId,
  type FieldGroup,
  type NumberField,
  type TextField,
} from './field.ts';
import { nameOf } from './naming.ts';

const SCOPED: readonly Kind[] = ['actor', 'process', 'store', 'flow'];
const BOUNDARIES: readonly Kind[] = ['boundary-box', 'boundary-curve'];
const PROTOCOLS = [
  'HTTPS',
  'HTTP',
  'TLS',
  'gRPC',
  'WebSocket',
  'SQL',
  'AMQP',
  'MQTT',
  'SSH',
  'SFTP',
  'SMTP',
  'LDAPS',
  'DNS',
  'TCP',
  'UDP',
];

const of =
  (...kinds: readonly Kind[]) =>
  (cell: CellView) =>
    kinds.includes(cell.kind);
const unlocked = (cell: CellView) => !cell.locked;

function flag(key: FieldId, ...kinds: readonly Kind[]): CheckField {
  return {
    id: key,
    input: 'check',
    has: of(...kinds),
    read: (cell) => cell.flag(key),
    write: (place, value) => ({ type: 'setCellField', ...place, key, value }),
  };
}

function words(key: FieldId, input: TextField['input'], ...kinds: readonly Kind[]): TextField {
  return {
    id: key,
    input,
    has: of(...kinds),
    read: (cell) => cell.words(key),
    write: (place, value) => ({ type: 'setCellField', ...place, key, value }),
  };
}

const NAME: TextField = {
  id: 'name',
  input: 'lines',
  single: true,
  has: (cell) => cell.kind !== 'text',
  read: (cell) => cell.name,
  write: (place, name) => ({ type: 'nameCell', ...place, name }),
};

const TEXT: TextField = { ...NAME, id: 'text', has: of('text') };

const CHANGEABLE = ['actor', 'process', 'store'] as const;

export const KIND: ChoiceField = {
  id: 'kind',
  input: 'choice',
  has: of(...CHANGEABLE),
  choices: () => CHANGEABLE.map((value) => ({ value, text: kindName(value) })),
  read: (cell) => cell.kind,
  write: (place, value) => ({
    type: 'setShape',
    ...place,
    shape: CHANGEABLE.find((kind) => kind === value) ?? 'process',
  }),
};

export const OUT_OF_SCOPE: CheckField = { ...flag('outOfScope', ...SCOPED), some: true };

const REASON: TextField = {
  ...words('reasonOutOfScope', 'lines', ...SCOPED),
  some: true,
  free: (cell) => cell.outOfScope,
};

function end(key: 'source' | 'target'): ChoiceField {
  const at = (cell: CellView) => (isCellEnd(cell[key]) ? cell[key].cell : '');
  return {
    id: key,
    input: 'choice',
    has: of('flow', 'unknown-edge'),
    free: unlocked,
    choices: (diagram, cells) => endChoices(diagram, cells.map(at)),
    read: at,
    write: (place, cell) => ({ type: 'setEnd', ...place, end: key, to: { cell } }),
  };
}

/** What flows can be connected to, and besides what these are connected to now. */
function endChoices(diagram: DiagramView, now: readonly string[]): Choice[] {
  const choices: Choice[] = diagram.cells.filter(canConnect).map((cell) => ({ value: cell.id, text: nameOf(cell) }));
  const known = new Set(choices.map((choice) => choice.value));
  for (const id of new Set(now)) {
    if (known.has(id)) continue;
    const cell = diagram.cell(id);
    const text = id === '' ? t('panes.not-connected') : cell ? nameOf(cell) : t('panes.missing-element');
    choices.unshift({ value: id, text, disabled: true });
  }
  return choices;
}

export const SOURCE = end('source');
export const TARGET = end('target');

const ROUTES: readonly Route[] = ['smooth', 'straight', 'orthogonal'];

const ROUTE: ChoiceField = {
  id: 'route',
  input: 'choice',
  has: (cell) => cell.isEdge,
  free: unlocked,
  choices: () => ROUTES.map((value) => ({ value, text: t(`panes.route-${value}`) })),
  read: (cell) => cell.route,
  write: (place, value) => ({
    type: 'setRoute',
    ...place,
    route: ROUTES.find((route) => route === value) ?? 'smooth',
  }),
};

const LABEL_DISTANCE: NumberField = {
  id: 'labelDistance',
  hint: 'labelDistance',
  input: 'number',
  step: 0.1,
  has: (cell) => cell.isEdge && items(get(cell.node, 'labels')).length > 0,
  free: unlocked,
  read: (cell) => cell.label.distance,
  write: (place, distance) => ({ type: 'placeLabel', ...place, distance }),
};

function coordinate(key: 'x' | 'y'): NumberField {
  return {
    id: key,
    input: 'number',
    step: 10,
    has: (cell) => cell.position !== null && !cell.isEdge,
    free: unlocked,
    read: (cell) => cell.position?.[key] ?? 0,
    write: (place, value, cell) => ({ type: 'moveCell', ...place, ...(cell.position ?? { x: 0, y: 0 }), [key]: value }),
    writeAll: (diagram, cells, value) =>
      shifted(diagram, new Map(cells.map((cell) => [cell, wayTo(cell, key, value)]))),
  };
}

/** As a drag: what stands in a boundary goes along. */
function wayTo({ position }: CellView, key: 'x' | 'y', value: number): Point {
  return { x: 0, y: 0, [key]: value - (position?.[key] ?? 0) };
}

function length(key: 'width' | 'height'): NumberField {
  return {
    id: key,
    input: 'number',
    step: 10,
    least: 1,
    has: (cell) => cell.position !== null && cell.size !== null && !cell.isEdge,
    free: unlocked,
    read: (cell) => cell.size?.[key] ?? 0,
    write: (place, value, cell) => ({
      type: 'resizeCell',
      ...place,
      ...(cell.position ?? { x: 0, y: 0 }),
      ...(cell.size ?? { width: 1, height: 1 }),
      [key]: value,
    }),
  };
}

const ANGLE: NumberField = {
  id: 'angle',
  input: 'number',
  step: 15,
  has: (cell) => cell.position !== null && !cell.isEdge,
  free: unlocked,
  read: (cell) => cell.angle,
  write: (place, value) => ({ type: 'turnCell', ...place, angle: value % 360 }),
};

const LEVEL: NumberField = {
  id: 'zIndex',
  hint: 'zIndex',
  input: 'number',
  step: 1,
  whole: true,
  has: () => true,
  free: unlocked,
  read: (cell) => cell.zIndex,
  write: (place, zIndex) => ({ type: 'orderCell', ...place, zIndex }),
};

const LOCKED: CheckField = {
  id: 'locked',
  input: 'check',
  has: () => true,
  read: (cell) => cell.locked,
  write: (place, locked) => ({ type: 'lockCell', ...place, locked }),
};

const WHAT: readonly Field[] = [NAME, TEXT, words('description', 'lines', ...SCOPED, ...BOUNDARIES), KIND];

const SECURITY: readonly Field[] = [
  flag('providesAuthentication', 'actor'),
  words('privilegeLevel', 'line', 'process'),
  flag('handlesCardPayment', 'process'),
  flag('handlesGoodsOrServices', 'process'),
  flag('isWebApplication', 'process'),
  flag('isALog', 'store'),
  flag('storesCredentials', 'store'),
  flag('storesInventory', 'store'),
  { ...words('protocol', 'line', 'flow'), suggestions: PROTOCOLS },
  flag('isEncrypted', 'store', 'flow'),
  flag('isSigned', 'store'),
  flag('isPublicNetwork', 'flow'),
];

export const FIELD_GROUPS: readonly FieldGroup[] = [
  { id: 'general', fields: WHAT },
  { id: 'scope', fields: [OUT_OF_SCOPE, REASON] },
  { id: 'security', fields: SECURITY },
  {
    id: 'connection',
    fields: [SOURCE, TARGET, flag('isBidirectional', 'flow'), ROUTE, LABEL_DISTANCE],
  },
  {
    id: 'place',
    fields: [coordinate('x'), coordinate('y'), length('width'), length('height'), ANGLE, LEVEL, LOCKED],
  },
];

/** The groups with what these cells have together; groups that come out empty are left out. */
export function fieldsFor(cells: readonly CellView[]): FieldGroup[] {
  return FIELD_GROUPS.map(({ id, fields }) => ({
    id,
    fields: fields.filter((field) => isOffered(field, cells)),
  })).filter(({ fields }) => fields.length > 0);
}
