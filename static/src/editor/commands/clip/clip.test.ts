import { describe, expect, test } from 'vitest';
import type { Editor } from '../../editor.svelte.ts';
import { doing, editorOf, flow, node, places } from '../fixture.ts';
import { cellsText, threatsText } from './clip.ts';
import { duplicate, paste } from './paste.ts';

const threat = (id: string, number: number) => {
  return {
    id,
    title: 'Theft',
    status: 'Open',
    severity: 'High',
    type: 'Tampering',
    description: '',
    mitigation: '',
    number,
  };
};

function shop(): Editor {
  return editorOf(
    [
      node(
        'process',
        'a',
        { x: 0, y: 0 },
        { data: { threats: [threat('t1', 4), threat('t2', 5)], odd: { __proto__: null } } },
      ),
      node('store', 'b', { x: 300, y: 10 }),
      flow('ab', 'a', 'b', [{ x: 200, y: 50 }]),
    ],
    { threatTop: 5 },
  );
}

const copyOf = (editor: Editor, ...ids: string[]) =>
  cellsText(
    editor.cells.filter(({ id }) => ids.includes(id)),
    editor.diagram,
  );

const numbers = (editor: Editor) => editor.diagram.cells.flatMap((cell) => cell.threats.map(({ number }) => number));

describe('what is pasted', () => {
  test('has ids of its own, its flows between the copies, threats with the next numbers', () => {
    const editor = shop();
    paste(editor, copyOf(editor, 'a', 'b', 'ab'));
    expect(editor.history.steps).toHaveLength(1);
    expect(editor.history.undoable?.name).toBe('Paste 3 elements');
    const [a, b, ab] = editor.diagram.cells.slice(3);
    expect([a?.position, b?.position]).toEqual([
      { x: 20, y: 20 },
      { x: 320, y: 30 },
    ]);
    expect(ab).toMatchObject({ source: { cell: a?.id }, target: { cell: b?.id }, vertices: [{ x: 220, y: 70 }] });
    expect(numbers(editor)).toEqual([4, 5, 6, 7]);
    const ids = editor.diagram.cells.flatMap((cell) => [cell.id, ...cell.threats.map(({ id }) => id)]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(editor.selection.ids).toEqual(new Set([a?.id, b?.id, ab?.id]));
    expect(a).toMatchObject({ openThreats: 2, name: 'A' });
    editor.undo();
    expect(editor.document.text()).toBe(shop().document.text());
  });

  test('goes further by a step each time', () => {
    const editor = shop();
    const text = copyOf(editor, 'b');
    for (let count = 0; count < 3; count += 1) paste(editor, text);
    expect(Object.values(places(editor)).slice(2)).toEqual([
      [320, 30, 150, 75],
      [340, 50, 150, 75],
      [360, 70, 150, 75],
    ]);
  });

  test('goes to a point that is given, and into sight when it came from elsewhere', () => {
    const editor = shop();
    paste(editor, copyOf(editor, 'b'), { x: 500, y: 600 });
    editor.view.x = 5000;
    paste(editor, copyOf(editor, 'b'));
    expect(Object.values(places(editor)).slice(2)).toEqual([
      [500, 600, 150, 75],
      [5425, 363, 150, 75],
    ]);
  });

  test('into another model stays where it was, and a flow ends where its element had been', () => {
    const other = editorOf([node('actor', 'x', { x: 600, y: 0 }, { data: { threats: [threat('t1', 40)] } })], {
      threatTop: 40,
    });
    const from = shop();
    paste(other, copyOf(from, 'a', 'ab'));
    const [, a, ab] = other.diagram.cells;
    expect([a?.position, numbers(other)]).toEqual([{ x: 0, y: 0 }, [40, 41, 42]]);
    expect(ab?.source).toEqual({ cell: a?.id });
    expect(ab?.target).toEqual({ x: 300, y: 49 });
    expect(other.diagram.cells.map(({ id }) => id)).toEqual(['x', 'new-1', 'new-2']);
  });

  test('keeps a flow at elements that were not copied with it', () => {
    const editor = shop();
    paste(editor, copyOf(editor, 'ab'));
    expect(editor.diagram.cells[3]).toMatchObject({ source: { cell: 'a' }, target: { cell: 'b' } });
  });

  test('keeps what nobody knows, spelled as it was', () => {
    const editor = editorOf([]);
    const cell =
      '{"id":"u","shape":"cloud","position":{"x":1.50,"y":2},"size":{"width":1e2,"height":20},"own":[1.0,"\\u00e9"]}';
    paste(editor, `{"wyvern":"cells","cells":[${cell}],"ends":[]}`);
    const text = editor.document.text().replace(/\s/g, '');
    expect(text).toContain('"own":[1.0,"\\u00e9"]');
    expect(text).toContain('"width":1e2');
  });
});

test('a duplicate is a little aside, with threats of its own', () => {
  const editor = shop();
  editor.selection.only('a');
  doing(editor, 'duplicate');
  expect(editor.history.undoable?.name).toBe('Duplicate A');
  doing(editor, 'duplicate');
  expect(Object.values(places(editor)).slice(2)).toEqual([
    [20, 20, 100, 100],
    [40, 40, 100, 100],
  ]);
  expect(numbers(editor)).toEqual([4, 5, 6, 7, 8, 9]);
});

test('a duplicate of a flow alone runs between the same elements', () => {
  const editor = shop();
  duplicate(
    editor,
    editor.cells.filter(({ id }) => id === 'ab'),
  );
  expect(editor.diagram.cells[3]).toMatchObject({ source: { cell: 'a' }, target: { cell: 'b' } });
});

describe('threats', () => {
  test('are pasted to all that is selected and can have some', () => {
    const editor = shop();
    const text = threatsText(editor.diagram.cell('a')?.threats ?? []);
    editor.selection.only('b', 'ab');
    paste(editor, text);
    expect(numbers(editor)).toEqual([4, 5, 6, 7, 8, 9]);
    expect(editor.history.undoable?.name).toBe('Paste 2 threats to 2 elements');
  });

  test('need somewhere to go', () => {
    const editor = shop();
    paste(editor, threatsText(editor.diagram.cell('a')?.threats ?? []));
    expect(editor.history.steps).toHaveLength(0);
    expect(editor.said.text).toBe('Select the elements that the threats on the clipboard are pasted to.');
  });
});

describe('what is not sound', () => {
  const box = '"position":{"x":0,"y":0},"size":{"width":10,"height":10}';
  const one = (cell: string) => `{"wyvern":"cells","cells":[${cell}]}`;

  test.each([
    ['nothing', ''],
    ['prose', 'Dear all, {"wyvern":"cells"}'],
    ['other JSON', '{"type":"excalidraw","elements":[]}'],
    ['no cells', '{"wyvern":"cells"}'],
    ['an empty list', '{"wyvern":"cells","cells":[]}'],
    ['a list of something else', one('1')],
    ['a cell without an id', one(`{"shape":"actor",${box}}`)],
    ['an id that is no text', one(`{"id":{"__proto__":1},"shape":"actor",${box}}`)],
    ['the same id twice', one(`{"id":"a","shape":"actor",${box}},{"id":"a","shape":"actor",${box}}`)],
    ['a cell without a place', one('{"id":"a","shape":"actor"}')],
    [
      'a cell out of this world',
      one('{"id":"a","shape":"actor","position":{"x":1e300,"y":0},"size":{"width":1,"height":1}}'),
    ],
    [
      'a flow that ends nowhere near',
      one('{"id":"a","shape":"flow","source":{"x":1e999,"y":0},"target":{"cell":"b"}}'),
    ],
    ['a flow to far away', one('{"id":"a","shape":"flow","source":{"x":0,"y":0},"target":{"x":0,"y":-1e7}}')],
    ['a bend that is nowhere', one('{"id":"a","shape":"flow","source":{"x":0,"y":0},"vertices":[{"x":0,"y":1e999}]}')],
    ['data that is a list', one(`{"id":"a","shape":"actor",${box},"data":[]}`)],
    ['threats that are none', one(`{"id":"a","shape":"actor",${box},"data":{"threats":[1]}}`)],
    ['a key twice', '{"wyvern":"cells","wyvern":"cells","cells":[]}'],
    ['deep nesting', '['.repeat(100_000)],
    ['too much', `{"wyvern":"cells","cells":["${'x'.repeat(5_000_000)}"]}`],
    ['threats without a title', '{"wyvern":"threats","threats":[{"id":"t"}]}'],
  ])('%s changes nothing, and that is said', (_, text) => {
    const editor = shop();
    const before = editor.document;
    editor.selection.only('a');
    paste(editor, text);
    expect(editor.document).toBe(before);
    expect(editor.said.text).toMatch(/clipboard/);
  });

  test('keys of prototypes are keys like others', () => {
    const editor = editorOf([]);
    paste(
      editor,
      one(
        `{"id":"__proto__","shape":"actor",${box},"__proto__":{"polluted":1},"data":{"constructor":{"prototype":{"polluted":1}}}}`,
      ),
    );
    expect(editor.diagram.cells).toHaveLength(1);
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(editor.document.text()).toContain('"__proto__"');
  });

  test('ends that nobody copied are left out', () => {
    const editor = editorOf([]);
    const text =
      '{"wyvern":"cells","cells":[{"id":"f","shape":"flow","source":{"cell":"gone"},"target":{"x":9,"y":9}}],"ends":[{"cell":"f","end":"__proto__","x":1,"y":1},{"cell":"f","end":"source","x":"1"}]}';
    paste(editor, text);
    expect(editor.diagram.cells[0]).toMatchObject({ source: { cell: 'gone' }, target: { x: 9, y: 9 } });
  });
});

test('a copy does not go further for ever: after a thousand steps it may cover another', () => {
  const row = Array.from({ length: 1100 }, (_, step) => node('actor', `a${step}`, { x: step * 20, y: step * 20 }));
  const editor = editorOf(row);
  duplicate(editor, editor.cells.slice(0, 1));
  expect(editor.diagram.cells.at(-1)?.position).toEqual({ x: 20_020, y: 20_020 });
});
