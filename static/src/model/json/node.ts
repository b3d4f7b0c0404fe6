/// A JSON text as a tree that knows its own spelling: what nobody changes is written back character by
/// character. Nodes never change; an edited tree shares all it has not touched with the old one.

/** Any value of a JSON text. */
export type Json = Container | Scalar;

/** Plain data, as it is given to make new nodes. An object of type `Map` keeps any key, `__proto__` too. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue }
  | ReadonlyMap<string, JsonValue>;

/** A member of an object or an element of an array, with the white space around it. */
export interface Part {
  /** White space between the bracket or comma before and this part. */
  readonly before: string;
  /** The key, decoded; empty in arrays. */
  readonly key: string;
  /** The key as it is spelled, the colon, and the white space between; empty in arrays. */
  readonly spelling: string;
  readonly value: Json;
  /** White space between this part and the comma behind it; nothing behind the last part. */
  readonly after: string;
}

/** From how many members on an object is looked up by an index. */
const INDEXED_FROM = 24;
/** Up to how many characters a container that was made remembers its text: each edit makes large ones anew. */
const REMEMBERED_MAX = 4_096;

/** An object or an array. */
export class Container {
  readonly kind: 'object' | 'array';
  readonly parts: readonly Part[];
  /** White space before the closing bracket. */
  readonly tail: string;
  #raw: string | undefined;
  #index: Map<string, Part> | undefined;
  #depth: number | undefined;
  #length: number | undefined;

  constructor(kind: 'object' | 'array', parts: readonly Part[], tail: string, raw?: string) {
    this.kind = kind;
    this.parts = parts;
    this.tail = tail;
    this.#raw = raw;
  }

  /** The exact text. */
  get raw(): string {
    if (this.#raw !== undefined) return this.#raw;
    const pieces: string[] = [];
    this.#write(pieces);
    const raw = pieces.join('');
    if (raw.length <= REMEMBERED_MAX) this.#raw = raw;
    return raw;
  }

  /** How many characters the text has. */
  get length(): number {
    this.#length ??= this.#raw?.length ?? this.#measure();
    return this.#length;
  }

  /** The member with this key. */
  member(key: string): Part | undefined {
    if (this.kind === 'array') return undefined;
    if (this.parts.length < INDEXED_FROM) return this.parts.find((part) => part.key === key);
    this.#index ??= new Map(this.parts.map((part) => [part.key, part]));
    return this.#index.get(key);
  }

  /** How many objects and arrays are nested in each other here, this one counted. */
  get depth(): number {
    this.#depth ??= this.parts.reduce((most, { value }) => Math.max(most, 'depth' in value ? value.depth + 1 : 1), 1);
    return this.#depth;
  }

  #measure(): number {
    const commas = Math.max(0, this.parts.length - 1);
    return this.parts.reduce(
      (sum, { before, spelling, value, after }) => sum + before.length + spelling.length + value.length + after.length,
      2 + commas + this.tail.length,
    );
  }

  #write(pieces: string[]): void {
    const isObject = this.kind === 'object';
    pieces.push(isObject ? '{' : '[');
    this.parts.forEach(({ before, spelling, value, after }, index) => {
      pieces.push(index > 0 ? ',' : '', before, spelling);
      if (value instanceof Container && value.#raw === undefined && value.length > REMEMBERED_MAX) value.#write(pieces);
      else pieces.push(value.raw);
      pieces.push(after);
    });
    pieces.push(this.tail, isObject ? '}' : ']');
  }
}

/** A string, a number, or one of the three words. */
export class Scalar {
  readonly kind: 'string' | 'number' | 'boolean' | 'null';
  /** The exact text. */
  readonly raw: string;
  #value: string | undefined;

  constructor(kind: Scalar['kind'], raw: string) {
    this.kind = kind;
    this.raw = raw;
  }

  /** How many characters the text has. */
  get length(): number {
    return this.raw.length;
  }

  /** The text of a string, decoded. */
  get text(): string | undefined {
    if (this.kind !== 'string') return undefined;
    this.#value ??= this.raw.includes('\\') ? (JSON.parse(this.raw) as string) : this.raw.slice(1, -1);
    return this.#value;
  }
}

/** The member of an object with this key. */
export function get(node: Json | undefined, key: string): Json | undefined {
  return node instanceof Container ? node.member(key)?.value : undefined;
}

/** What stands at the end of these keys. */
export function at(node: Json | undefined, ...keys: string[]): Json | undefined {
  return keys.reduce(get, node);
}

const NOTHING: readonly Json[] = [];
const elements = new WeakMap<Container, readonly Json[]>();

/** The elements of an array; none when it is no array. The same array for the same node. */
export function items(node: Json | undefined): readonly Json[] {
  if (!(node instanceof Container) || node.kind !== 'array') return NOTHING;
  let found = elements.get(node);
  if (!found) {
    found = node.parts.map((part) => part.value);
    elements.set(node, found);
  }
  return found;
}

export function isObject(node: Json | undefined): node is Container {
  return node instanceof Container && node.kind === 'object';
}

export function isArray(node: Json | undefined): node is Container {
  return node instanceof Container && node.kind === 'array';
}

export function asText(node: Json | undefined): string | undefined {
  return node instanceof Scalar ? node.text : undefined;
}

/** The number nearest to the one that is written; `Infinity` for those that are too large. */
export function asNumber(node: Json | undefined): number | undefined {
  return node instanceof Scalar && node.kind === 'number' ? Number(node.raw) : undefined;
}

export function asBoolean(node: Json | undefined): boolean | undefined {
  return node instanceof Scalar && node.kind === 'boolean' ? node.raw === 'true' : undefined;
}
