import { describe, expect, test } from 'vitest';
import { append, ensure, remove, set, type Path } from './edit.ts';
import { layoutOf } from './layout.ts';
import { get, type Json, type JsonValue } from './node.ts';
import { parse } from './parse.ts';

type Edit = (spot: { layout: ReturnType<typeof layoutOf>; node: Json; place: string }) => Json;

function edited(text: string, edit: Edit): string {
  const { before, root, after } = parse(text);
  return before + edit({ layout: layoutOf(root), node: root, place: '' }).raw + after;
}

const setting = (path: Path, value: JsonValue) => (spot: Parameters<Edit>[0]) => set(spot, path, value);
const removing = (path: Path) => (spot: Parameters<Edit>[0]) => remove(spot, path);
const appending = (path: Path, value: JsonValue) => (spot: Parameters<Edit>[0]) => append(spot, path, value);

const LINES = '{\n  "a": 1.50,\n  "list": [\n    1,\n    2\n  ],\n  "empty": {}\n}\n';

describe('a member is set', () => {
  test.each<[string, Path, JsonValue, string]>([
    [LINES, ['a'], 2, LINES.replace('1.50', '2')],
    [LINES, ['a'], 1.5, LINES],
    [LINES, ['empty', 'x'], 'y', LINES.replace('{}', '{\n    "x": "y"\n  }')],
    [LINES, ['b'], [1, { c: null }], LINES.replace('{}', '{},\n  "b": [\n    1,\n    {\n      "c": null\n    }\n  ]')],
    [LINES, ['a', 'x'], 1, LINES],
    [LINES, ['nowhere', 'x'], 1, LINES],
    [LINES, ['list', 7], 1, LINES],
    ['{"a":1}', ['b'], [1, 2], '{"a":1,"b":[1,2]}'],
    ['{"a": 1}', ['b'], { c: 1, d: [] }, '{"a": 1, "b": {"c": 1, "d": []}}'],
    ['{\r\n\t"a" : 1\r\n}', ['b'], [1], '{\r\n\t"a" : 1,\r\n\t"b" : [\r\n\t\t1\r\n\t]\r\n}'],
    ['{ "a" : 1 , "b" : 2 }', ['c'], 3, '{ "a" : 1 , "b" : 2 , "c" : 3 }'],
    ['{"__proto__":{"x":1}}', ['__proto__', 'x'], 2, '{"__proto__":{"x":2}}'],
    ['{"\\u0061":1}', ['a'], 2, '{"\\u0061":2}'],
    ['[]', ['a'], 2, '[]'],
    ['{"n":12345678901234567890}', ['n'], 12345678901234567000, '{"n":12345678901234567000}'],
  ])('in %j at %j to %j', (before, path, value, after) => {
    expect(edited(before, setting(path, value))).toBe(after);
  });

  test('an object keeps what stays', () => {
    const text = '{"o":{"x":1.0,"y":2.0,"k":"\\u0041"}}';
    expect(edited(text, setting(['o'], { k: 'A', y: 3, z: 4, x: 1 }))).toBe(
      '{"o":{"x":1.0,"y":3,"z":4,"k":"\\u0041"}}',
    );
  });

  test('a list keeps what is equal at both ends', () => {
    expect(edited('[1.0,2.0,3.0]', (spot) => set(spot, [], [1, 3]))).toBe('[1.0,3.0]');
    expect(edited('[1.0, 3.0]', (spot) => set(spot, [], [1, 2, 3]))).toBe('[1.0, 2, 3.0]');
  });
});

describe('a part is removed', () => {
  test.each<[string, Path, string]>([
    [LINES, ['a'], '{\n  "list": [\n    1,\n    2\n  ],\n  "empty": {}\n}\n'],
    [LINES, ['empty'], '{\n  "a": 1.50,\n  "list": [\n    1,\n    2\n  ]\n}\n'],
    [LINES, ['list', 0], LINES.replace('1,\n    2', '2')],
    [LINES, ['list', 1], LINES.replace('1,\n    2', '1')],
    [LINES, ['list', 2], LINES],
    [LINES, ['list', -1], LINES],
    [LINES, ['no'], LINES],
    ['[ 1 ]', [0], '[]'],
    ['[1 , 2 ]', [1], '[1 ]'],
  ])('from %j at %j', (before, path, after) => {
    expect(edited(before, removing(path))).toBe(after);
  });
});

test.each<[string, Path, string]>([
  [LINES, ['list'], LINES.replace('2\n', '2,\n    3\n')],
  [LINES, ['empty'], LINES],
  ['[]', [], '[\n  3\n]'],
  ['[1, 2]', [], '[1, 2, 3]'],
  ['{"a": [1]}', ['a'], '{"a": [1, 3]}'],
])('an element is put behind the others of %j at %j', (before, path, after) => {
  expect(edited(before, appending(path, 3))).toBe(after);
});

test('what is there is not put there again', () => {
  expect(edited(LINES, (spot) => ensure(spot, ['a'], 9))).toBe(LINES);
});

test('what an edit does not touch is shared', () => {
  const { root } = parse(LINES);
  const next = set({ layout: layoutOf(root), node: root, place: '' }, ['a'], 2);
  expect(get(next, 'list')).toBe(get(root, 'list'));
});
