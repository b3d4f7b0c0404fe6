import { expect, test } from 'vitest';
import { shopEditor } from './fixture.ts';
import Properties from './Properties.svelte';
import { button, click, control, enter, press, show, settled, textOf } from './shown.ts';

function shop(...selected: string[]) {
  const clock = { time: 0 };
  const editor = shopEditor(clock);
  editor.selection.only(...selected);
  show(Properties, { editor });
  return { editor, clock };
}

test('typing a name is one step; after a pause it is another', async () => {
  const { editor, clock } = shop('api');
  await enter(control('Name'), 'AP');
  await enter(control('Name'), 'API 2');
  expect(editor.history.steps).toHaveLength(1);
  clock.time = 5_000;
  await enter(control('Name'), 'API 3\nlines');
  expect(editor.history.steps).toHaveLength(2);
  expect(editor.diagram.cell('api')?.name).toBe('API 3\nlines');
});

test('what others do is seen in the fields', async () => {
  const { editor } = shop('api');
  editor.do('Rename', [{ type: 'nameCell', diagram: 0, cell: 'api', name: 'Gateway' }]);
  await settled();
  expect(control('Name').value).toBe('Gateway');
  editor.undo();
  await settled();
  expect(control('Name').value).toBe('API');
});

test('a reason can be given once something is out of scope', async () => {
  const { editor } = shop('api');
  expect(control('Reason for being out of scope').disabled).toBe(true);
  await click(control('Out of scope'));
  expect(editor.diagram.cell('api')?.outOfScope).toBe(true);
  expect(control('Reason for being out of scope').disabled).toBe(false);
});

test('values that differ are shown as several, and set in one step', async () => {
  const { editor } = shop('orders', 'keys');
  expect(control('X').value).toBe('');
  expect(control('X').placeholder).toBe('several values');
  expect(control('Encrypted').indeterminate).toBe(true);
  expect(control('Signed').indeterminate).toBe(false);
  await click(control('Encrypted'));
  expect(control('Encrypted').indeterminate).toBe(false);
  expect(control('Encrypted').checked).toBe(true);
  expect(editor.history.steps).toHaveLength(1);
  expect(editor.selected.map((cell) => cell.flag('isEncrypted'))).toEqual([true, true]);
});

test('kinds that differ are shown as several, and each can be chosen', async () => {
  const { editor } = shop('buyer', 'keys');
  const kind = control('Kind');
  expect(textOf(kind.querySelector('option'))).toBe('several values');
  await enter(kind, 'actor');
  expect(editor.selected.map((cell) => cell.kind)).toEqual(['actor', 'actor']);
});

test('what is no number is told and changes nothing', async () => {
  const { editor } = shop('orders');
  await enter(control('Width'), '0');
  expect(textOf(document.querySelector('[role="alert"]'))).toBe('This must be 1 or more.');
  expect(control('Width').getAttribute('aria-invalid')).toBe('true');
  expect(editor.history.steps).toHaveLength(0);
  await enter(control('Width'), '140');
  expect(document.querySelector('[role="alert"]')).toBeNull();
  expect(editor.diagram.cell('orders')?.size?.width).toBe(140);
});

test('arrow keys change a number by a step', async () => {
  const { editor } = shop('orders');
  await press(control('X'), 'ArrowUp');
  await press(control('X'), 'ArrowUp');
  expect(editor.diagram.cell('orders')?.position?.x).toBe(620);
  expect(editor.history.steps).toHaveLength(1);
});

test('a boundary takes along what stood in it when the typing began, not what it passes', async () => {
  const { editor } = shop('inner');
  for (const typed of ['5', '50', '500']) await enter(control('X'), typed);
  const places = () => ['inner', 'api', 'orders'].map((id) => editor.diagram.cell(id)?.position?.x);
  expect(places()).toEqual([500, 510, 600]);
  expect(editor.history.steps).toHaveLength(1);
  control('X').blur();
  await enter(control('X'), '600');
  expect(places()).toEqual([600, 610, 700]);
});

test('a long number is shown short, and stays exact when the field is only visited', async () => {
  const { editor } = shop('buyer');
  expect(control('X').value).toBe('2000.13');
  await enter(control('X'), '2000.13');
  expect(editor.history.steps).toHaveLength(0);
});

test('what is mistyped for one element is not shown for the next', async () => {
  const { editor } = shop('orders');
  await enter(control('X'), 'wide');
  editor.selection.only('keys');
  await settled();
  expect(control('X').value).toBe('700');
});

test('a flow has usual protocols at hand, takes any other, and can be reversed', async () => {
  const { editor } = shop('order');
  const options = [...document.querySelectorAll('datalist option')].map((option) => option.getAttribute('value'));
  expect(options).toContain('gRPC');
  expect(control('Protocol').getAttribute('list')).toBe(document.querySelector('datalist')?.id);
  await enter(control('Protocol'), '<b>pigeon</b>');
  expect(editor.diagram.cell('order')?.words('protocol')).toBe('<b>pigeon</b>');
  await enter(control('From'), 'keys');
  await click(button('Reverse direction'));
  expect(editor.diagram.cell('order')?.source).toEqual({ cell: 'api' });
  expect(editor.diagram.cell('order')?.target).toEqual({ cell: 'keys' });
});

test('members that nobody knows are shown as text', () => {
  shop('orders');
  expect([...document.querySelectorAll('dl > *')].map(textOf)).toEqual(['owner', 'Ada', '__proto__', '<b>x</b>']);
});

test('with nothing selected the diagram has its title, methodology and description', async () => {
  const { editor } = shop();
  await enter(control('Title'), 'Money');
  await enter(control('Methodology'), 'CIA');
  await enter(control('Description'), 'One\nTwo');
  expect(editor.diagram).toMatchObject({ title: 'Money', type: 'CIA', description: 'One\nTwo' });
  await enter(control('Title'), '');
  expect(textOf(document.querySelector('[role="alert"]'))).toMatch(/needs a title/);
});
