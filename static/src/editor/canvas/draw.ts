/// Puts drawn things on the page. Thousands are drawn when a large diagram opens, and hundreds change at each
/// movement of a drag: plain elements, changed in place, are several times as fast as components.
import type { TextLine } from '../figure/parts.ts';
import type { Drawn } from './contents.ts';

const SVG = 'http://www.w3.org/2000/svg';

/** What each group holds now. */
const held = new WeakMap<SVGGElement, readonly Drawn[]>();
/** The groups in which what is only hit has not followed yet, and what they are to hold. */
const behind = new Map<SVGGElement, readonly Drawn[]>();

/**
 * Makes a group hold just these. While something is dragged, what is only hit and not seen stays where it was: the
 * pointer is held, and meets nothing. It follows with `catchUp`.
 */
export function put(group: SVGGElement, contents: readonly Drawn[], dragged = false): void {
  const before = held.get(group) ?? [];
  const alike = before.length === contents.length && before.every((each, index) => isAlike(each, contents[index]));
  const now =
    dragged && alike ? contents.map((each, index) => (isHit(each) ? (before[index] ?? each) : each)) : contents;
  held.set(group, now);
  if (now === contents) behind.delete(group);
  else behind.set(group, contents);
  if (!alike) return group.replaceChildren(...now.map(made));
  now.forEach((each, index) => change(group.children[index], before[index], each));
}

export function catchUp(): void {
  for (const [group, contents] of behind) put(group, contents);
}

function isHit({ attributes }: Drawn): boolean {
  return String(attributes['class']).startsWith('hit');
}

/** Whether one can be turned into the other by setting attributes. */
function isAlike(a: Drawn, b: Drawn | undefined): boolean {
  return a.tag === b?.tag && a.lines.length === b.lines.length;
}

function made({ tag, attributes, lines }: Drawn): SVGElement {
  const element = document.createElementNS(SVG, tag) as SVGElement;
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...lines.flatMap((line, index) => (index === 0 ? [lineOf(line)] : [gap(), lineOf(line)])));
  return element;
}

/** Between lines: so that their words are not read as one. It takes no room. */
function gap(): SVGElement {
  const gap = made({ tag: 'tspan', attributes: { 'font-size': 0 }, lines: [] });
  gap.textContent = ' ';
  return gap;
}

function lineOf({ text, x, y }: TextLine): SVGElement {
  const line = made({ tag: 'tspan', attributes: { x, y }, lines: [] });
  line.textContent = text;
  return line;
}

function change(element: Element | undefined, before: Drawn | undefined, now: Drawn): void {
  if (element === undefined || before === undefined || before === now) return;
  for (const [name, value] of Object.entries(now.attributes)) {
    if (before.attributes[name] !== value) element.setAttribute(name, String(value));
  }
  for (const name in before.attributes) if (!(name in now.attributes)) element.removeAttribute(name);
  now.lines.forEach((line, index) => changeLine(element.children[2 * index], before.lines[index], line));
}

function changeLine(element: Element | undefined, before: TextLine | undefined, now: TextLine): void {
  if (before?.x !== now.x) element?.setAttribute('x', String(now.x));
  if (before?.y !== now.y) element?.setAttribute('y', String(now.y));
  if (element && before?.text !== now.text) element.textContent = now.text;
}
