/// The pointer on the canvas: tells a click from a drag, a drag from a long press, and keeps to one at a time.
import type { Editor } from '../editor.svelte.ts';
import type { Point } from '../../model/views.ts';
import { beginDrag, type Start } from './begin.ts';
import { click, doubleClick, openMenu, press } from './click.ts';
import { keysOf, type Drag, type Input, type Press } from './drag.ts';
import { hitOf, type Hit } from './hit.ts';
import { withoutClick } from './without-click.ts';

/** How far a pointer moves before it drags, in pixels of the screen: fingers are less steady. */
const STEADY = 4;
const STEADY_TOUCH = 9;
/** How long a finger rests until it asks for the menu, in milliseconds. */
const LONG = 550;
/** How close two taps must follow each other to be a double click, in milliseconds and in pixels. */
const TWICE = 350;
const FINGER = 24;

interface Held {
  readonly id: number;
  readonly from: Press;
  readonly start: Start;
}

export class Pointer {
  readonly #editor: Editor;
  /** The pointer that is pressed. */
  #held: Held | null = null;
  #drag: Drag | null = $state.raw(null);
  /** The first click of a line that goes on till the next one. */
  #first: Press | null = null;
  /** The last tap of a finger: two of them are a double click. */
  #tap: { event: Press; at: number } | null = null;
  #rest: ReturnType<typeof setTimeout> | undefined;
  /** The finger that has rested until the menu came, while it is still down. */
  #rested: number | null = null;

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  get dragging(): boolean {
    return this.#drag !== null;
  }

  /** Whether the view goes on when what is dragged comes to the edge of the canvas. */
  get reaches(): boolean {
    return this.#drag !== null && this.#drag.pans !== true;
  }

  down(event: Press, hit: Hit = hitOf(event.target ?? null)): void {
    if (this.#first !== null) return;
    if (this.#held !== null && this.#held.id !== event.pointerId) return this.cancel();
    if (event.button !== 0 || this.#editor.busy) return;
    const keys = keysOf(event);
    const wasSelected = hit.cell !== null && this.#editor.selection.has(hit.cell);
    if (event.pointerType !== 'touch') this.#tap = null;
    const start = { hit, at: this.#at(event), keys, touch: event.pointerType === 'touch', wasSelected };
    this.#held = { id: event.pointerId, from: event, start };
    press(this.#editor, start);
    if (event.pointerType !== 'touch') return;
    const held = this.#held;
    this.#rest = setTimeout(() => this.#long(held), LONG);
    // Else the mouse events that follow a tap would take the focus from what the tap opens.
    event.preventDefault?.();
  }

  move(event: Press): void {
    if (this.#drag === null) this.#begin(event);
    this.#drag?.move(this.#input(event));
  }

  up(event: Press): void {
    clearTimeout(this.#rest);
    if (this.#rested === event.pointerId) this.#rested = null;
    const held = this.#held;
    if (held !== null && held.id !== event.pointerId) return;
    this.#held = null;
    if (this.#drag !== null) return this.#end(event);
    if (held === null) return;
    if (this.#draws() && this.#startLine(held)) return;
    click(this.#editor, held.start);
    if (event.pointerType === 'touch') this.#tapped(event, held.start.hit);
  }

  cancel(): void {
    clearTimeout(this.#rest);
    const drag = this.#drag;
    this.#rested = null;
    this.#held = null;
    this.#drag = null;
    this.#first = null;
    drag?.cancel();
    this.#editor.traces.clear();
  }

  double(event: Pick<Press, 'clientX' | 'clientY' | 'target'>, hit: Hit = hitOf(event.target ?? null)): void {
    if (this.#tap === null) this.#double(event, hit);
  }

  /** The browser asks for a context menu: by the right button, a key, or a finger that rests; that one asks once. */
  menu(event: Pick<MouseEvent, 'clientX' | 'clientY' | 'target' | 'preventDefault'>): void {
    event.preventDefault();
    if (this.#drag !== null || this.#rested !== null) return;
    if (this.#held?.from.pointerType === 'touch') return this.#long(this.#held);
    openMenu(this.#editor, { x: event.clientX, y: event.clientY }, hitOf(event.target));
  }

  /** Escape calls off what is under way. Whether something was. */
  key(event: Pick<KeyboardEvent, 'key'>): boolean {
    if (event.key !== 'Escape' || (this.#drag === null && this.#held === null)) return false;
    this.cancel();
    return true;
  }

  #begin(event: Press): void {
    const held = this.#held;
    if (held === null || held.id !== event.pointerId || isSteady(held.from, event)) return;
    clearTimeout(this.#rest);
    this.#drag = beginDrag(this.#editor, held.start);
    if (this.#drag === null) this.#held = null;
  }

  /** The first of two clicks that draw a line. */
  #startLine(held: Held): boolean {
    this.#drag = beginDrag(this.#editor, held.start);
    this.#first = this.#drag === null ? null : held.from;
    return this.#drag !== null;
  }

  #end(event: Press): void {
    if (this.#first !== null && isSteady(this.#first, event)) return;
    const drag = this.#drag;
    this.#drag = null;
    this.#first = null;
    drag?.end(this.#input(event));
    this.#editor.traces.clear();
  }

  #tapped(event: Press, hit: Hit): void {
    const now = this.#editor.world.now();
    const last = this.#tap;
    this.#tap = { event, at: now };
    if (last !== null && now - last.at < TWICE && near(last.event, event, FINGER)) this.#double(event, hit);
  }

  #double({ clientX, clientY }: Pick<Press, 'clientX' | 'clientY'>, hit: Hit): void {
    if (this.#drag !== null || this.#editor.busy || this.#editor.tool !== 'select') return;
    doubleClick(this.#editor, hit, this.#editor.view.toDiagram(clientX, clientY));
  }

  #draws(): boolean {
    return this.#editor.tool === 'flow' || this.#editor.tool === 'boundary-curve';
  }

  #long({ id, from, start }: Held): void {
    this.cancel();
    this.#rested = id;
    withoutClick();
    openMenu(this.#editor, { x: from.clientX, y: from.clientY }, start.hit, FINGER);
  }

  #at(event: Press): Point {
    return this.#editor.view.toDiagram(event.clientX, event.clientY);
  }

  #input(event: Press): Input {
    return { at: this.#at(event), ...keysOf(event) };
  }
}

function isSteady(from: Press, to: Press): boolean {
  return near(from, to, to.pointerType === 'mouse' ? STEADY : STEADY_TOUCH);
}

function near(a: Press, b: Press, reach: number): boolean {
  return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY) < reach;
}
