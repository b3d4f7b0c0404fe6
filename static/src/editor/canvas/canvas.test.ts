import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { History } from '../../model/history.ts';
import { Editor } from '../editor.svelte.ts';
import Canvas from './Canvas.svelte';
import { ALWAYS_DRAWN } from './culling.ts';
import { boundary, documentOf, flow, process, threat } from './fixture.ts';

let editor: Editor;
let shown: ReturnType<typeof mount>;

function open(...cells: object[]) {
  editor = new Editor(History.of(documentOf(...cells)), 0, { newId: () => 'new', now: () => 0 });
  shown = mount(Canvas, { target: document.body, props: { editor } });
  flushSync();
}

beforeEach(() =>
  open(
    boundary('DMZ', 200, 0, 300, 300),
    process('Buyer', 0, 100),
    process('Shop', 300, 100, { threats: [threat()] }),
    flow('Order', { cell: 'Buyer' }, { cell: 'Shop' }),
  ),
);

afterEach(() => unmount(shown));

const options = () => [...document.querySelectorAll<SVGElement>('[role=listbox] [role=option]')];
const names = () => options().map((option) => option.getAttribute('aria-label'));
const option = (id: string) => options().find((each) => each.dataset['cell'] === id);

test('cells are options of a list, each with its name', () => {
  expect(document.querySelector('[role=listbox]')?.getAttribute('aria-label')).toBe('Diagram Checkout, 4 elements');
  expect(names()).toEqual([
    'Trust boundary DMZ',
    'Process Buyer',
    'Process Shop, 1 open threat, in DMZ',
    'Flow Order from Buyer to Shop, crosses DMZ',
  ]);
});

test('what is selected says so', () => {
  editor.selection.only('Shop');
  flushSync();
  expect(options().map((each) => each.getAttribute('aria-selected'))).toEqual(['false', 'false', 'true', 'false']);
});

test('along a flow the highlight lies under the cells, around an element over them', () => {
  editor.selection.only('Shop', 'Order');
  flushSync();
  const shown = [...document.querySelectorAll('.drawing path.selected, .drawing rect.selected, [role=option]')];
  expect(shown.map((each) => each.tagName)).toEqual(['path', 'g', 'g', 'g', 'g', 'rect']);
});

test('Tab goes to one of them, and the keyboard follows the editor from there', () => {
  expect(options().filter((each) => each.getAttribute('tabindex') === '0')).toHaveLength(1);
  option('Buyer')?.focus();
  expect(editor.focus).toBe('Buyer');
  editor.focus = 'Shop';
  flushSync();
  expect(document.activeElement).toBe(option('Shop'));
  expect(option('Shop')?.getAttribute('tabindex')).toBe('0');
});

test('Escape with nothing selected goes to the canvas as a whole, and Tab then leaves it', () => {
  const canvas = document.querySelector<HTMLElement>('[role=group][aria-label=Canvas]');
  const pressed = (key: string) => {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true });
    document.activeElement?.dispatchEvent(event);
    flushSync();
    return event.defaultPrevented;
  };
  option('Buyer')?.focus();
  pressed('Escape');
  expect(document.activeElement).toBe(canvas);
  expect(options().some((each) => each.getAttribute('tabindex') === '0')).toBe(false);
  expect(pressed('Tab')).toBe(false);
  canvas?.blur();
  flushSync();
  expect(options().filter((each) => each.getAttribute('tabindex') === '0')).toHaveLength(1);
  expect(document.getElementById(canvas?.getAttribute('aria-describedby') ?? '')?.textContent).toMatch(/Escape/);
});

test('the keyboard is not taken from elsewhere', () => {
  editor.focus = 'Shop';
  flushSync();
  expect(document.activeElement).toBe(document.body);
});

test('the keyboard stays on the canvas when the cell that had it goes', () => {
  option('Shop')?.focus();
  editor.do('Delete', [{ type: 'removeCell', diagram: 0, cell: 'Shop' }]);
  flushSync();
  expect(document.querySelector('.canvas')?.contains(document.activeElement)).toBe(true);
});

test('what is dragged moves, and is named anew when it has been let go', () => {
  const gesture = editor.begin('Move Shop');
  gesture.update([{ type: 'moveCell', diagram: 0, cell: 'Shop', x: 900, y: 0 }]);
  flushSync();
  expect(option('Shop')?.querySelector('.outline')?.getAttribute('cx')).toBe('950');
  expect(names()).toContain('Process Shop, 1 open threat, in DMZ');
  gesture.finish();
  flushSync();
  expect(option('Shop')?.querySelector('.hit')?.getAttribute('x')).toBe('900');
  expect(names()).toContain('Process Shop, 1 open threat');
});

test('threats have a badge over the cells; it goes with the last open one', () => {
  const badges = () => document.querySelectorAll('[data-part=badge]').length;
  expect(badges()).toBe(1);
  editor.do('Mitigate', [
    { type: 'setThreatField', diagram: 0, cell: 'Shop', threat: 't', key: 'status', value: 'Mitigated' },
  ]);
  flushSync();
  expect(badges()).toBe(0);
});

test('a filter fades what it does not ask for', () => {
  editor.filter = { ...editor.filter, severities: new Set(['High']) };
  flushSync();
  const faded = options().filter((each) => each.classList.contains('faded'));
  expect(faded.map((each) => each.dataset['cell'])).toEqual(['Buyer', 'Order']);
});

test('what is announced is read aloud, the same words twice too', () => {
  const status = document.querySelector('.canvas > div > [role=status]');
  editor.announce('Connected');
  flushSync();
  const first = status?.firstElementChild;
  expect(first?.textContent).toBe('Connected');
  editor.announce('Connected');
  flushSync();
  expect(status?.firstElementChild).not.toBe(first);
});

test('what could not be done is shown until it is put away', () => {
  const notice = () => document.querySelector('.canvas > .notice');
  editor.announce('Connected');
  flushSync();
  expect(notice()).toBeNull();
  editor.warn('The browser did not let the page copy.');
  flushSync();
  expect(notice()?.textContent).toContain('The browser did not let the page copy.');
  notice()?.querySelector('button')?.click();
  flushSync();
  expect(notice()).toBeNull();
});

test('space that is tapped selects, when it is let go', () => {
  option('Buyer')?.focus();
  const key = (type: string) =>
    option('Buyer')?.dispatchEvent(new KeyboardEvent(type, { key: ' ', code: 'Space', bubbles: true }));
  key('keydown');
  expect(editor.selection.size).toBe(0);
  key('keyup');
  expect([...editor.selection.ids]).toEqual(['Buyer']);
});

test('a second finger calls off what the first one drags, and both move the view', () => {
  const finger = (type: string, pointerId: number, clientX: number) =>
    option('Buyer')
      ?.querySelector('.hit')
      ?.dispatchEvent(
        new PointerEvent(type, { pointerId, clientX, clientY: 140, pointerType: 'touch', bubbles: true }),
      );
  Object.assign(editor.view, { x: 0, y: 0, zoom: 1, width: 800, height: 600 });
  finger('pointerdown', 1, 50);
  finger('pointermove', 1, 90);
  finger('pointermove', 1, 110);
  expect(editor.diagram.cell('Buyer')?.position?.x).not.toBe(0);
  finger('pointerdown', 2, 300);
  expect(editor.diagram.cell('Buyer')?.position?.x).toBe(0);
  finger('pointermove', 1, 130);
  finger('pointermove', 2, 320);
  expect(editor.view.x).toBeCloseTo(-20);
});

test('from afar the boundaries keep their names', () => {
  const names = () => [...document.querySelectorAll('.drawing text')].map((text) => text.textContent?.trim());
  editor.view.zoom = 0.2;
  editor.shows.badges = false;
  flushSync();
  expect(names()).toEqual(['DMZ']);
});

test('of a large diagram only what is in view is drawn, and what has the focus', async () => {
  await unmount(shown);
  open(...Array.from({ length: ALWAYS_DRAWN + 1 }, (_, index) => process(`p${index}`, index * 200, 0)));
  Object.assign(editor.view, { x: 0, y: 0, zoom: 1, width: 400, height: 300 });
  editor.focus = 'p300';
  flushSync();
  expect(options().map((each) => each.dataset['cell'])).toEqual(['p0', 'p1', 'p2', 'p3', 'p300']);
});
