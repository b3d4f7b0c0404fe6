/// Reads a JSON text. As strict as the server: what two readers could understand differently is refused.
import { Container, Scalar, type Json, type Part } from './node.ts';

/** A text around its one value. */
export interface JsonFile {
  /** White space before the value. */
  readonly before: string;
  readonly root: Json;
  /** White space behind the value, such as the newline at the end of a file. */
  readonly after: string;
}

/** Why a text is not JSON; `message` is a sentence that says where. */
export class JsonError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(what: string, text: string, at: number) {
    const before = text.slice(0, at).split('\n');
    const line = before.length;
    const column = (before.at(-1) ?? '').length + 1;
    super(`${what} (line ${line}, column ${column}).`);
    this.name = 'JsonError';
    this.line = line;
    this.column = column;
  }
}

/** The deepest nesting, as on the server. */
export const DEPTH_MAX = 64;

const SPACE = /[ \t\n\r]*/y;
/** What ends a string or stands for something else in it, and what may not be in it. */
const SPECIAL = /["\\\u0000-\u001f]/g;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
/** Half of a character, which a text cannot hold. */
export const HALF = /\p{Surrogate}/u;

/** @throws {JsonError} */
export function parse(text: string): JsonFile {
  return new Reader(text).file();
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  file(): JsonFile {
    if (this.#text.startsWith('\ufeff')) this.#fail('The text begins with a byte-order mark');
    const before = this.#space();
    if (this.#at === this.#text.length) this.#fail('The text is empty');
    const root = this.#value(0);
    const after = this.#space();
    if (this.#at < this.#text.length) this.#fail('Something follows behind the end of the JSON value');
    return { before, root, after };
  }

  #value(depth: number): Json {
    switch (this.#text[this.#at]) {
      case '{':
        return this.#container('object', depth + 1);
      case '[':
        return this.#container('array', depth + 1);
      case '"':
        return this.#string();
      case 't':
      case 'f':
      case 'n': {
        const raw = this.#take(WORD) ?? this.#fail('This is not a JSON value');
        return new Scalar(raw === 'null' ? 'null' : 'boolean', raw);
      }
      default:
        return new Scalar('number', this.#take(NUMBER) ?? this.#fail('This is not a JSON value'));
    }
  }

  #container(kind: Container['kind'], depth: number): Container {
    if (depth > DEPTH_MAX) this.#fail('The text is nested too deeply');
    const start = this.#at;
    const close = kind === 'object' ? '}' : ']';
    const parts: Part[] = [];
    const keys = new Set<string>();
    this.#at += 1;
    let before = this.#space();
    if (this.#text[this.#at] !== close) {
      for (;;) {
        const part = this.#part(kind, before, keys, depth);
        const after = this.#space();
        if (this.#text[this.#at] !== ',') {
          parts.push(part);
          before = after;
          break;
        }
        parts.push(after === '' ? part : { ...part, after });
        this.#at += 1;
        before = this.#space();
      }
      if (this.#text[this.#at] !== close) this.#fail(`A comma or ${close} is missing`);
    }
    this.#at += 1;
    return new Container(kind, parts, before, this.#text.slice(start, this.#at));
  }

  #part(kind: Container['kind'], before: string, keys: Set<string>, depth: number): Part {
    if (kind === 'array') return { before, key: '', spelling: '', value: this.#value(depth), after: '' };
    const start = this.#at;
    if (this.#text[start] !== '"') this.#fail('A key in double quotes is missing');
    const key = this.#string().text ?? '';
    if (keys.has(key)) {
      this.#at = start;
      this.#fail(`The key ${JSON.stringify(key)} stands twice in one object`);
    }
    keys.add(key);
    this.#space();
    if (this.#text[this.#at] !== ':') this.#fail('A colon is missing');
    this.#at += 1;
    this.#space();
    const spelling = this.#text.slice(start, this.#at);
    return { before, key, spelling, value: this.#value(depth), after: '' };
  }

  #string(): Scalar {
    const start = this.#at;
    const node = new Scalar('string', this.#quoted() ?? this.#fail('This string is not valid'));
    if (node.raw.includes('\\u') || HALF.test(node.raw)) {
      if (HALF.test(node.text ?? '')) {
        this.#at = start;
        this.#fail('This string holds half of a character');
      }
    }
    return node;
  }

  /** A string as it is spelled. One pattern for the whole would run out of memory at a long one. */
  #quoted(): string | undefined {
    const start = this.#at;
    let end = start + 1;
    for (;;) {
      SPECIAL.lastIndex = end;
      const special = SPECIAL.exec(this.#text);
      if (special?.[0] === '"') break;
      ESCAPE.lastIndex = special?.index ?? this.#text.length;
      const escape = ESCAPE.exec(this.#text);
      if (!escape) return undefined;
      end = ESCAPE.lastIndex;
    }
    this.#at = SPECIAL.lastIndex;
    return this.#text.slice(start, this.#at);
  }

  #space(): string {
    return this.#take(SPACE) ?? '';
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #fail(what: string): never {
    throw new JsonError(what, this.#text, this.#at);
  }
}
