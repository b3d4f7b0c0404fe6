import { expect, test } from 'vitest';
import UndoNotice from '../canvas/UndoNotice.svelte';
import DiagramTabs from './DiagramTabs.svelte';
import { shopEditor } from './fixture.ts';
import Outline from './Outline.svelte';
import Panes from './Panes.svelte';
import { button, click, control, enter, press, show, settled, textOf } from './shown.ts';

const rows = () => [...document.querySelectorAll<HTMLElement>('[role="row"]')];
const current = () => document.querySelector<HTMLElement>('[role="row"][tabindex="0"]') ?? document.body;
const names = () => rows().map((row) => textOf(row.querySelector('bdi, .soft')));

function outline() {
  const editor = shopEditor();
  show(Outline, { editor });
  return editor;
}

test('arrow keys go through the outline, and select', async () => {
  const editor = outline();
  await press(current(), 'ArrowDown');
  await press(current(), 'ArrowDown');
  expect([...editor.selection.ids]).toEqual(['api']);
  expect(document.activeElement).toBe(current());
  await press(current(), 'ArrowDown', { shiftKey: true });
  expect([...editor.selection.ids]).toEqual(['api', 'orders']);
  await press(current(), 'ArrowDown', { ctrlKey: true });
  await press(current(), ' ');
  expect([...editor.selection.ids]).toEqual(['api', 'orders', 'keys']);
  expect(rows().filter((row) => row.getAttribute('aria-selected') === 'true')).toHaveLength(3);
});

test('a boundary is closed and opened', async () => {
  outline();
  await press(current(), 'ArrowLeft');
  expect(current().getAttribute('aria-expanded')).toBe('false');
  expect(rows()).toHaveLength(5);
  await press(current(), 'ArrowRight');
  expect(rows()).toHaveLength(9);
});

test('a name is typed in its row, and Escape leaves it', async () => {
  const editor = outline();
  await press(current(), 'End');
  await press(current(), 'F2');
  control('Name').value = 'Never';
  await press(control('Name'), 'Escape');
  expect(editor.history.steps).toHaveLength(0);
  await press(current(), 'F2');
  await enter(control('Name'), 'Firewall');
  await press(control('Name'), 'Enter');
  expect(editor.history.steps.map((step) => step.name)).toEqual(['Rename Edge']);
  expect(names().at(-1)).toBe('Firewall');
  expect(document.activeElement).toBe(current());
});

test('a name is also kept when its field is left, and the focus stays where one went', async () => {
  const editor = outline();
  await press(current(), 'F2');
  await enter(control('Name'), 'Cellar');
  control('Filter the outline').focus();
  await settled();
  expect(editor.history.steps.map((step) => step.name)).toEqual(['Rename Data centre']);
  expect(document.activeElement).toBe(control('Filter the outline'));
});

test('what is locked is not deleted', async () => {
  const editor = outline();
  editor.do('Lock', [{ type: 'lockCell', diagram: 0, cell: 'buyer', locked: true }]);
  editor.selection.only('buyer');
  await settled();
  expect(button('Delete').disabled).toBe(true);
});

test('what is deleted in the outline can be got back', async () => {
  const editor = outline();
  show(UndoNotice, { editor });
  await press(current(), 'ArrowDown');
  await press(current(), 'ArrowDown');
  await press(current(), 'Delete');
  expect(names()).toEqual(['Data centre', 'DMZ', 'Orders', 'Keys', 'Buyer', 'Edge']);
  expect(document.activeElement).toBe(current());
  await click(button('Undo'));
  expect(rows()).toHaveLength(9);
  expect(editor.diagram.cell('order')).toBeDefined();
});

test('elements are connected in the outline, and the flow is named at once', async () => {
  const editor = outline();
  editor.selection.only('buyer');
  await settled();
  await enter(control('Connect to'), 'orders');
  await click(button('Connect'));
  expect(editor.selected).toMatchObject([{ kind: 'flow', source: { cell: 'buyer' }, target: { cell: 'orders' } }]);
  expect(document.activeElement).toBe(control('Name'));
});

test('elements are added in the outline, and named at once', async () => {
  const editor = outline();
  await enter(control('New element'), 'store');
  await click(button('Add'));
  expect(editor.selected).toMatchObject([{ kind: 'store', name: 'Store' }]);
  expect(document.activeElement).toBe(control('Name'));
  await enter(control('Name'), 'Carts');
  await press(control('Name'), 'Enter');
  expect(editor.selected).toMatchObject([{ name: 'Carts' }]);
  expect(editor.naming).toBeNull();
});

test('where a flow goes, and whether it is in scope, is changed in the outline', async () => {
  const editor = outline();
  editor.selection.only('order');
  await settled();
  await enter(control('To'), 'keys');
  await click(control('Out of scope'));
  expect(editor.diagram.cell('order')).toMatchObject({ target: { cell: 'keys' }, outOfScope: true });
  expect(textOf(rows()[6])).toMatch(/Order Out of scope · Flow from Buyer to Keys/);
});

test('the filter leaves what matches', async () => {
  outline();
  await enter(control('Filter the outline'), 'keys');
  expect(names()).toEqual(['Data centre', 'Keys']);
  expect(textOf(document.querySelector('[role="status"]'))).toBe('Rows: 2');
});

test('the tabs are walked with arrow keys, and the last one is remembered', async () => {
  const editor = shopEditor();
  editor.selection.only('api');
  show(Panes, { editor });
  expect([...document.querySelectorAll('[role="tab"]')].map(textOf)).toEqual(['Properties', 'Threats (2)', 'Outline']);
  await press(button('Properties'), 'ArrowRight');
  expect(document.activeElement).toBe(button('Threats (2)'));
  await press(button('Threats (2)'), 'End');
  expect(document.querySelector('[role="treegrid"]')).not.toBeNull();
  const next = shopEditor();
  show(Panes, { editor: next });
  expect(next.pane.name).toBe('outline');
});

test('who asks for a threat gets to its title', async () => {
  const editor = shopEditor();
  editor.selection.only('api');
  show(Panes, { editor });
  editor.openPane('threats', 't2');
  await settled();
  expect(document.activeElement).toBe(control('Title'));
  expect(control('Title').value).toBe('Ruse');
});

test('who asks for a pane gets to it, though it was put away', async () => {
  const editor = shopEditor();
  show(Panes, { editor });
  await click(button('Hide the details'));
  editor.openPane('threats');
  await settled();
  expect(document.activeElement).toBe(document.querySelector('[role="tabpanel"]'));
  expect(button('Threats').getAttribute('aria-selected')).toBe('true');
});

test('the pane is made wider by keyboard, put away, and both are remembered', async () => {
  const editor = shopEditor();
  show(Panes, { editor });
  const sash = document.querySelector('[role="separator"]') ?? document.body;
  await press(sash, 'ArrowLeft');
  expect(sash.getAttribute('aria-valuenow')).toBe('24');
  await press(sash, 'Home');
  await press(sash, 'ArrowRight');
  expect(sash.getAttribute('aria-valuenow')).toBe('16');
  await click(button('Hide the details'));
  expect(document.querySelector('[role="tabpanel"]')).toBeNull();
  expect(localStorage.getItem('wyvern.editor.pane.beside')).toBe('16');
  expect(localStorage.getItem('wyvern.editor.pane.open')).toBe('no');
  await click(button('Outline'));
  expect(editor.pane.name).toBe('outline');
  expect(document.querySelector('[role="tabpanel"]')).not.toBeNull();
});

test('diagrams are switched, added and named', async () => {
  const editor = shopEditor();
  show(DiagramTabs, { editor });
  await click(button('Shipping'));
  expect(editor.diagramId).toBe(1);
  await click(button('Add diagram'));
  expect(editor.diagram).toMatchObject({ id: 2, title: 'New diagram', type: 'Générique' });
  await enter(control('Title of the diagram'), 'Returns');
  await press(control('Title of the diagram'), 'Enter');
  expect(editor.document.diagrams.map((diagram) => diagram.title)).toEqual(['Paying', 'Shipping', 'Returns']);
});

test('a diagram that is removed can be got back, and is shown again', async () => {
  const editor = shopEditor();
  show(DiagramTabs, { editor });
  show(UndoNotice, { editor });
  await click(button('Remove diagram'));
  expect(editor.diagram.title).toBe('Shipping');
  expect(button('Remove diagram').disabled).toBe(true);
  await click(button('Undo'));
  expect(editor.diagram.title).toBe('Paying');
  expect(editor.document.diagrams).toHaveLength(2);
});
