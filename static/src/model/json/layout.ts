/// How a text is laid out, and new values written the same way: as the server writes them.
import { Container, Scalar, type Json, type JsonValue, type Part } from './node.ts';

/** White space that is longer, or has more line breaks, is no model for what is new. */
const COPY_MAX = 128;
const COPY_LINES_MAX = 2;

/** Where a value stands: on a line with this indentation, or (null) in the middle of a line. */
export type Place = string | null;

/** A document's way with white space, read off its outermost container. */
export interface Layout {
  readonly newline: string;
  /** One step of indentation. */
  readonly unit: string;
  /** What stands between a key and its value. */
  readonly colon: string;
  /** Whether the parts of a container stand on lines of their own where nothing else says how. */
  readonly lines: boolean;
}

/** What `JSON.stringify(value, null, 2)` writes. */
const USUAL: Layout = { newline: '\n', unit: '  ', colon: ': ', lines: true };

const ONE_LINE: Layout = { newline: '\n', unit: '', colon: ':', lines: false };

export function layoutOf(root: Json): Layout {
  const first = root instanceof Container ? root.parts[0] : undefined;
  if (!(root instanceof Container) || !first) return USUAL;
  const colon = first.spelling.slice(keyLength(first));
  return {
    newline: first.before.includes('\r\n') ? '\r\n' : '\n',
    unit: placeIn(root) ?? USUAL.unit,
    colon: root.kind === 'object' && mayBeCopied(colon) ? colon : USUAL.colon,
    lines: first.before.includes('\n'),
  };
}

/** The length of a key with its quotes, at the start of its spelling. */
function keyLength(part: Part): number {
  return part.spelling.lastIndexOf('"') + 1;
}

/** The indentation of a container's parts; null when it has none that stand on lines. */
export function placeIn(container: Container): Place {
  const before = container.parts[0]?.before ?? '';
  const line = before.lastIndexOf('\n');
  const indent = before.slice(line + 1);
  return line >= 0 && mayBeCopied(indent) ? indent : null;
}

/** The white space before a new part that comes behind others of this container. */
export function gapIn(layout: Layout, container: Container): { before: string; after: string } {
  const [first, second] = container.parts;
  if (first && second && mayBeCopied(first.after + second.before)) {
    return { before: second.before, after: first.after };
  }
  const place = placeIn(container);
  return { before: place === null ? besideComma(layout) : layout.newline + place, after: '' };
}

/** New nodes for plain data; nodes that are given keep their tokens. `place` is where the value stands. */
export function laidOut(layout: Layout, value: JsonValue | Json, place: Place): Json {
  if (value instanceof Scalar) return value;
  if (typeof value !== 'object' || value === null) return scalarOf(value);
  const { kind, entries } = partsOf(value);
  if (entries.length === 0) return new Container(kind, [], '');
  const outer = layout.lines ? place : null;
  const inner = outer === null ? null : outer + layout.unit;
  const line = (indent: Place) => (indent === null ? '' : layout.newline + indent);
  const made = entries.map(([key, spelling, each], index): Part => ({
    before: index > 0 && inner === null ? besideComma(layout) : line(inner),
    key,
    spelling: kind === 'object' ? spelling + layout.colon : '',
    value: laidOut(layout, each, inner),
    after: '',
  }));
  return new Container(kind, made, line(outer));
}

/** Nodes for plain data on one line, to be laid out where they are put. */
export function fromPlain(value: JsonValue | Json): Json {
  return laidOut(ONE_LINE, value, null);
}

/** An array of these nodes, to be laid out where it is put. */
export function listOf(nodes: readonly Json[]): Container {
  return new Container(
    'array',
    nodes.map((value): Part => ({ before: '', key: '', spelling: '', value, after: '' })),
    '',
  );
}

type Entry = [key: string, spelling: string, value: JsonValue | Json];

function partsOf(value: (JsonValue & object) | Container): { kind: Container['kind']; entries: Entry[] } {
  if (value instanceof Container) {
    const entries = value.parts.map((part): Entry => [part.key, part.spelling.slice(0, keyLength(part)), part.value]);
    return { kind: value.kind, entries };
  }
  if (Array.isArray(value)) {
    return { kind: 'array', entries: value.map((each: JsonValue): Entry => ['', '', each]) };
  }
  const pairs: Iterable<[string, JsonValue]> = value instanceof Map ? value : Object.entries(value);
  const entries = Array.from(pairs, ([key, each]): Entry => [key, JSON.stringify(key), each]);
  return { kind: 'object', entries };
}

function scalarOf(value: string | number | boolean | null): Scalar {
  if (value === null) return new Scalar('null', 'null');
  if (typeof value === 'string') return new Scalar('string', JSON.stringify(value));
  if (typeof value === 'boolean') return new Scalar('boolean', String(value));
  // JSON has no infinite numbers; JavaScript writes null for them too.
  return Number.isFinite(value) ? new Scalar('number', JSON.stringify(value)) : new Scalar('null', 'null');
}

/** What stands between two parts of one line, behind the comma. */
function besideComma(layout: Layout): string {
  return layout.colon.endsWith(' ') ? ' ' : '';
}

function mayBeCopied(space: string): boolean {
  return space.length <= COPY_MAX && space.split('\n').length - 1 <= COPY_LINES_MAX;
}
