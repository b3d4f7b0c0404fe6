import { expect, test } from 'vitest';
import type { Editor } from '../editor.svelte.ts';
import { change, common, freeIn, type Change, type Field } from './field.ts';
import { FIELD_GROUPS, fieldsFor } from './fields.ts';
import { shopEditor } from './fixture.ts';
import { othersOf } from './other.ts';

const ids = (...cells: string[]) => {
  const editor = shopEditor();
  editor.selection.only(...cells);
  return fieldsFor(editor.selected).flatMap((group) => group.fields.map((field) => field.id));
};

function field(id: string): Field {
  const found = FIELD_GROUPS.flatMap((group) => group.fields).find((each) => each.id === id);
  if (!found) throw new Error(`no field ${id}`);
  return found;
}

function changeOf(id: string, { selected: cells, diagram }: Editor, value: string | number | boolean): Change {
  const of = field(id);
  if (of.input === 'check' && typeof value === 'boolean') return change(of, cells, value, diagram);
  if (of.input === 'number' && typeof value === 'number') return change(of, cells, value, diagram);
  if ((of.input === 'choice' || of.input === 'lines') && typeof value === 'string')
    return change(of, cells, value, diagram);
  throw new Error(`${id} is not set to ${value}`);
}

/** The editor after a field of these cells has been set. */
function set(id: string, value: string | number | boolean, ...cells: string[]) {
  const editor = shopEditor();
  editor.selection.only(...cells);
  const { name, operations, key } = changeOf(id, editor, value);
  expect(editor.do(name, operations, key)).toBe(true);
  return editor;
}

test('each kind of cell has its own properties', () => {
  expect(ids('api')).toEqual([
    'name',
    'description',
    'kind',
    'outOfScope',
    'reasonOutOfScope',
    'privilegeLevel',
    'handlesCardPayment',
    'handlesGoodsOrServices',
    'isWebApplication',
    'x',
    'y',
    'width',
    'height',
    'angle',
    'zIndex',
    'locked',
  ]);
  expect(ids('order')).toEqual([
    'name',
    'description',
    'outOfScope',
    'reasonOutOfScope',
    'protocol',
    'isEncrypted',
    'isPublicNetwork',
    'source',
    'target',
    'isBidirectional',
    'route',
    'labelDistance',
    'zIndex',
    'locked',
  ]);
  expect(ids('inner')).not.toContain('outOfScope');
  expect(ids('line')).toEqual(['name', 'description', 'route', 'zIndex', 'locked']);
});

test('several cells have the properties that all of them have', () => {
  expect(ids('orders', 'order')).toEqual([
    'description',
    'outOfScope',
    'reasonOutOfScope',
    'isEncrypted',
    'zIndex',
    'locked',
  ]);
});

test('no two get their name at once', () => {
  expect(ids('orders', 'keys')).not.toContain('name');
});

test('scope is offered when only some can leave it, and set for those', () => {
  expect(ids('orders', 'inner')).toContain('outOfScope');
  const { cells } = shopEditor();
  expect(freeIn(field('outOfScope'), cells).map((cell) => cell.id)).not.toContain('inner');
  expect(ids('inner', 'outer')).not.toContain('outOfScope');
});

test('values that differ have nothing in common', () => {
  expect(common(['a', 'a'])).toBe('a');
  expect(common(['a', 'b'])).toBeNull();
  expect(common([false, false])).toBe(false);
  expect(common<string>([])).toBeNull();
});

test('one step sets a property of all', () => {
  const editor = set('isEncrypted', true, 'orders', 'keys', 'order');
  expect(editor.history.steps.map((step) => step.name)).toEqual(['Change encrypted of 3 elements']);
  expect(editor.diagram.cell('keys')?.flag('isEncrypted')).toBe(true);
});

test.each([
  ['x', 40, { x: 40, y: 10 }],
  ['y', -3.5, { x: 600, y: -3.5 }],
])('%s alone is moved', (id, value, position) => {
  expect(set(id, value, 'orders').diagram.cell('orders')?.position).toEqual(position);
});

test('a boundary that is moved takes along what stands in it', () => {
  const { diagram } = set('x', 100, 'inner');
  expect(['inner', 'api', 'orders'].map((id) => diagram.cell(id)?.position?.x)).toEqual([100, 110, 600]);
});

test('a size, an angle and a level are set', () => {
  expect(set('width', 300, 'orders').diagram.cell('orders')?.size).toEqual({ width: 300, height: 80 });
  expect(set('angle', 405, 'orders').diagram.cell('orders')?.angle).toBe(45);
  expect(set('zIndex', -2, 'orders').diagram.cell('orders')?.zIndex).toBe(-2);
});

test('what is locked keeps its place, and can be unlocked', () => {
  const { diagram } = set('locked', true, 'orders', 'order');
  const cells = [diagram.cell('orders'), diagram.cell('order')].flatMap((cell) => cell ?? []);
  for (const id of ['x', 'width', 'angle', 'zIndex', 'source', 'route'])
    expect(freeIn(field(id), cells), id).toEqual([]);
  expect(freeIn(field('locked'), cells)).toHaveLength(2);
  expect(freeIn(field('name'), cells)).toHaveLength(2);
});

test('a reason is only for what is out of scope', () => {
  const { cells } = shopEditor();
  expect(freeIn(field('reasonOutOfScope'), cells).map((cell) => cell.id)).toEqual(['keys']);
});

test('another kind keeps the threats', () => {
  const cell = set('kind', 'store', 'api').diagram.cell('api');
  expect(cell?.kind).toBe('store');
  expect(cell?.threats).toHaveLength(2);
});

test('a flow can be connected to other elements', () => {
  expect(set('target', 'orders', 'order').diagram.cell('order')?.target).toEqual({ cell: 'orders' });
});

test('what a flow is connected to now is among the choices, but a free end cannot be chosen', () => {
  const editor = shopEditor();
  const [target, source] = [field('target'), field('source')];
  if (target.input !== 'choice' || source.input !== 'choice') throw new Error('ends are chosen');
  const loose = editor.cells.filter((cell) => cell.id === 'loose');
  expect(target.choices(editor.diagram, loose)).toEqual([
    { value: '', text: 'Not connected', disabled: true },
    { value: 'api', text: 'API' },
    { value: 'orders', text: 'Orders' },
    { value: 'keys', text: 'Keys' },
    { value: 'buyer', text: 'Buyer' },
  ]);
  expect(source.choices(editor.diagram, loose).map((choice) => choice.value)).toEqual([
    'api',
    'orders',
    'keys',
    'buyer',
  ]);
});

test('members that no property shows are other ones', () => {
  const { diagram } = shopEditor();
  const others = (id: string) => diagram.cells.filter((cell) => cell.id === id).flatMap(othersOf);
  expect(others('orders')).toEqual([
    { key: 'owner', text: 'Ada' },
    { key: '__proto__', text: '<b>x</b>' },
  ]);
  expect(others('api')).toEqual([]);
});

test('what another kind had is an other member, too', () => {
  const cell = set('kind', 'store', 'api').diagram.cell('api');
  expect(cell && othersOf(cell)).toEqual([{ key: 'isWebApplication', text: 'true' }]);
});
