import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { messagesOf } from '../../i18n/testing.ts';
import { showMessages } from '../../i18n/translate.svelte.ts';
import { Editor } from '../editor.svelte.ts';
import { curve, doing, editorOf, flow, LOCKED, node, places } from './fixture.ts';
import { COMMANDS, command } from './index.ts';
import { titleOf } from './command.ts';
import { commandFor } from './keys.ts';
import { alsoCalled } from './synonyms.ts';

const at = (cell: string) => ({ diagram: 7, cell });

/** Operations of one type on several cells, with values for these members. */
function each(type: string, cells: Readonly<Record<string, readonly number[]>>, ...members: string[]): object[] {
  const valuesOf = (values: readonly number[]) => members.map((member, index) => [member, values[index]]);
  return Object.entries(cells).map(([cell, values]) =>
    Object.assign({ type, ...at(cell) }, Object.fromEntries(valuesOf(values))),
  );
}

/** A boundary with two processes in it, a store outside, flows between. */
function shop(): Editor {
  return editorOf([
    node('boundary-box', 'zone', { x: 0, y: 0, width: 500, height: 300 }),
    node('process', 'a', { x: 50, y: 100 }),
    node('process', 'b', { x: 300, y: 100 }),
    node('store', 'c', { x: 700, y: 100 }),
    flow('ab', 'a', 'b', [{ x: 200, y: 50 }]),
    flow('bc', 'b', 'c'),
    flow('free', { x: 0, y: 500 }, { x: 100, y: 500 }, [{ x: 50, y: 520 }]),
  ]);
}

test('ids are unique, titles are plain sentences', () => {
  expect(new Set(COMMANDS.map(({ id }) => id)).size).toBe(COMMANDS.length);
  for (const each of COMMANDS) expect(titleOf(each)).toMatch(/^[A-Z][^.]*$/);
});

describe('delete', () => {
  test('takes the flows along, in one step, and the keyboard goes on', () => {
    const editor = shop();
    editor.selection.only('b');
    expect(doing(editor, 'delete')).toEqual([
      { type: 'removeCell', ...at('ab') },
      { type: 'removeCell', ...at('bc') },
      { type: 'removeCell', ...at('b') },
    ]);
    expect(editor.history.undoable?.name).toBe('Delete B');
    expect(editor.diagram.cells.map(({ id }) => id)).toEqual(['zone', 'a', 'c', 'free']);
    expect(editor.focus).toBe('c');
    editor.undo();
    expect(editor.diagram.cells).toHaveLength(7);
  });

  test('tells what has gone along, and how many open threats, until something else is done', () => {
    const threats = [{ id: 't', title: 'T', status: 'Open', severity: 'High', type: 'Spoofing', number: 1 }];
    const editor = editorOf([
      node('process', 'a', { x: 0, y: 0 }, { data: { threats } }),
      node('store', 'b', { x: 300, y: 0 }),
      flow('ab', 'a', 'b', [], { data: { threats } }),
      flow('ba', 'b', 'a'),
    ]);
    editor.selection.only('a');
    doing(editor, 'delete');
    expect(editor.said.text).toBe('Deleted A and 2 flows with 2 open threats.');
    expect(editor.done).toMatchObject({ text: editor.said.text, step: { name: 'Delete A' } });
    expect(command('undo').about?.(editor)).toBe('Delete A');
    editor.undo();
    expect([command('undo').about?.(editor), command('redo').about?.(editor)]).toEqual(['', 'Delete A']);
  });

  test('leaves what is locked, and says so', () => {
    const editor = editorOf([node('actor', 'a', { x: 0, y: 0 }, LOCKED), node('actor', 'b', { x: 300, y: 0 })]);
    editor.selection.only('a', 'b');
    expect(doing(editor, 'delete')).toEqual([{ type: 'removeCell', ...at('b') }]);
    expect(editor.said.text).toBe('Deleted B. A is locked and stays.');
    editor.selection.only('a');
    expect(command('delete').enabled(editor)).toBe(false);
  });

  test('is about the focused cell when nothing is selected', () => {
    const editor = shop();
    editor.focus = 'free';
    expect(doing(editor, 'delete')).toEqual([{ type: 'removeCell', ...at('free') }]);
  });
});

describe('nudges', () => {
  test('move what is selected, what stands in it and the flows within', () => {
    const editor = shop();
    editor.selection.only('zone');
    expect(doing(editor, 'nudge-right-10')).toEqual([
      { type: 'moveCell', ...at('zone'), x: 10, y: 0 },
      { type: 'moveCell', ...at('a'), x: 60, y: 100 },
      { type: 'moveCell', ...at('b'), x: 310, y: 100 },
      { type: 'setVertices', ...at('ab'), vertices: [{ x: 210, y: 50 }] },
    ]);
  });

  test('that follow each other are one step', () => {
    const editor = shop();
    editor.selection.only('c');
    for (let count = 0; count < 5; count += 1) doing(editor, 'nudge-down-1');
    expect(editor.history.steps).toHaveLength(1);
    expect(editor.history.undoable).toMatchObject({
      name: 'Move C',
      operations: [{ type: 'moveCell', ...at('c'), x: 700, y: 105 }],
    });
  });

  test('move a free flow as a whole', () => {
    const editor = shop();
    editor.selection.only('free');
    expect(doing(editor, 'nudge-up-1')).toEqual([
      { type: 'setEnd', ...at('free'), end: 'source', to: { x: 0, y: 499 } },
      { type: 'setEnd', ...at('free'), end: 'target', to: { x: 100, y: 499 } },
      { type: 'setVertices', ...at('free'), vertices: [{ x: 50, y: 519 }] },
    ]);
  });

  test('are not there while the keyboard is at another cell, nor for what is locked', () => {
    const editor = shop();
    editor.selection.only('c');
    editor.focus = 'a';
    expect(command('nudge-up-1').enabled(editor)).toBe(false);
    const fixed = editorOf([node('actor', 'a', { x: 0, y: 0 }, LOCKED)]);
    fixed.selection.only('a');
    expect(command('nudge-up-1').enabled(fixed)).toBe(false);
  });
});

describe('what is selected', () => {
  test.each([
    ['select-all', ['c'], ['zone', 'a', 'b', 'c', 'ab', 'bc', 'free']],
    ['select-contents', ['zone'], ['a', 'b', 'ab']],
    ['select-connected', ['b'], ['a', 'b', 'c', 'ab', 'bc']],
    ['select-connected', ['bc'], ['b', 'c', 'bc']],
    ['select-none', ['a'], []],
  ])('%s from %j', (id, before, after) => {
    const editor = shop();
    editor.selection.only(...before);
    doing(editor, id);
    expect(editor.selection.ids).toEqual(new Set(after));
    expect(editor.history.steps).toHaveLength(0);
  });

  test('escape puts the tool away first', () => {
    const editor = shop();
    editor.selection.only('a');
    editor.tool = 'store';
    doing(editor, 'select-none');
    expect([editor.tool, editor.selection.size]).toEqual(['select', 1]);
  });
});

describe('flows', () => {
  test('reverse, two-way, route, straighten', () => {
    const editor = shop();
    editor.selection.only('ab', 'a');
    expect(doing(editor, 'reverse')).toEqual([{ type: 'reverseFlow', ...at('ab') }]);
    expect(doing(editor, 'route-orthogonal')).toEqual([{ type: 'setRoute', ...at('ab'), route: 'orthogonal' }]);
    expect(command('route-orthogonal').on?.(editor)).toBe(true);
    expect(doing(editor, 'straighten')).toEqual([{ type: 'setVertices', ...at('ab'), vertices: [] }]);
    expect(command('straighten').enabled(editor)).toBe(false);
    const both = { type: 'setCellField', ...at('ab'), key: 'isBidirectional' };
    expect(doing(editor, 'bidirectional')).toEqual([{ ...both, value: true }]);
    expect(editor.history.undoable?.name).toBe('Two-way flow: AB');
    expect(doing(editor, 'bidirectional')).toEqual([{ ...both, value: false }]);
    expect(editor.history.undoable?.name).toBe('One-way flow: AB');
  });

  test('a curve can be bent otherwise, but neither reversed nor made two-way', () => {
    const editor = editorOf([curve('line', { x: 0, y: 0 }, { x: 0, y: 300 })]);
    editor.selection.only('line');
    expect(command('reverse').enabled(editor)).toBe(false);
    expect(command('bidirectional').enabled(editor)).toBe(false);
    expect(doing(editor, 'route-straight')).toEqual([{ type: 'setRoute', ...at('line'), route: 'straight' }]);
  });
});

test('the kind changes for elements only, and keeps the threats', () => {
  const threats = [{ id: 't', title: 'T', status: 'Open', severity: 'High', type: 'Spoofing', number: 1 }];
  const editor = editorOf([
    node('process', 'a', { x: 0, y: 0 }, { data: { threats } }),
    flow('f', 'a', { x: 300, y: 0 }),
  ]);
  editor.selection.only('a', 'f');
  expect(doing(editor, 'kind-store')).toEqual([{ type: 'setShape', ...at('a'), shape: 'store' }]);
  expect(editor.diagram.cell('a')).toMatchObject({ kind: 'store', openThreats: 1 });
  expect(command('kind-store').enabled(editor)).toBe(false);
});

test('out of scope holds for all until it holds for all', () => {
  const editor = shop();
  editor.selection.only('a', 'bc', 'zone');
  const out = (cell: string, value: boolean) => ({ type: 'setCellField', ...at(cell), key: 'outOfScope', value });
  expect(doing(editor, 'out-of-scope')).toEqual([out('a', true), out('bc', true)]);
  editor.selection.only('a', 'b');
  expect(doing(editor, 'out-of-scope')).toEqual([out('a', true), out('b', true)]);
  expect(doing(editor, 'out-of-scope')).toEqual([out('a', false), out('b', false)]);
});

test('lock and unlock', () => {
  const editor = shop();
  editor.selection.only('a', 'b');
  const lock = (cell: string, locked: boolean) => ({ type: 'lockCell', ...at(cell), locked });
  expect(doing(editor, 'lock')).toEqual([lock('a', true), lock('b', true)]);
  expect(command('lock').enabled(editor)).toBe(false);
  expect(doing(editor, 'unlock')).toEqual([lock('a', false), lock('b', false)]);
});

test('threats are suggested for what is selected, and for the whole diagram where that can have none', () => {
  const editor = shop();
  const asked = (...selected: string[]) => {
    editor.selection.only(...selected);
    editor.panel = null;
    commandFor('mod+shift+Enter', editor)?.run(editor);
    return editor.panel;
  };
  expect(asked('zone', 'a')).toEqual({ name: 'suggest', diagram: 7, elements: ['a'] });
  expect(asked('zone')).toEqual({ name: 'suggest', diagram: 7, elements: null });
  expect(asked()).toEqual({ name: 'suggest', diagram: 7, elements: null });
});

test('rename asks for the name on the canvas', () => {
  const editor = shop();
  editor.focus = 'a';
  doing(editor, 'rename');
  expect([editor.naming, ...editor.selection.ids]).toEqual(['a', 'a']);
});

describe('arranging', () => {
  const three = () =>
    editorOf([
      node('actor', 'a', { x: 0, y: 0, width: 100, height: 50 }),
      node('actor', 'b', { x: 40, y: 100, width: 60, height: 100 }),
      node('actor', 'c', { x: 300, y: 20, width: 100, height: 20 }),
    ]);

  test.each([
    ['align-left', { b: [0, 100], c: [0, 20] }],
    ['align-centre', { a: [150, 0], b: [170, 100], c: [150, 20] }],
    ['align-right', { a: [300, 0], b: [340, 100] }],
    ['align-top', { b: [40, 0], c: [300, 0] }],
    ['align-middle', { a: [0, 75], b: [40, 50], c: [300, 90] }],
    ['align-bottom', { a: [0, 150], c: [300, 180] }],
    ['distribute-across', { b: [170, 100] }],
    ['distribute-down', { c: [300, 65] }],
  ])('%s', (id, moved) => {
    const editor = three();
    editor.selection.only('a', 'b', 'c');
    const wanted = each('moveCell', moved, 'x', 'y');
    expect(doing(editor, id).toSorted((p, q) => (JSON.stringify(p) < JSON.stringify(q) ? -1 : 1))).toEqual(wanted);
  });

  test.each([
    ['same-width', { a: [20, 0, 60, 50], c: [320, 20, 60, 20] }],
    ['same-height', { a: [0, -25, 100, 100], c: [300, -20, 100, 100] }],
    ['same-size', { a: [20, -25, 60, 100], c: [320, -20, 60, 100] }],
  ])('%s as the one that was chosen first', (id, resized) => {
    const editor = three();
    editor.selection.only('b', 'a', 'c');
    const wanted = each('resizeCell', resized, 'x', 'y', 'width', 'height');
    expect(doing(editor, id)).toEqual(wanted);
  });

  test('a boundary takes along what stands in it, but not what is aligned itself', () => {
    const editor = editorOf([
      node('boundary-box', 'zone', { x: 100, y: 0, width: 300, height: 300 }),
      node('actor', 'in', { x: 150, y: 50, width: 100, height: 50 }),
      node('actor', 'also', { x: 150, y: 150, width: 100, height: 50 }),
      node('actor', 'out', { x: 0, y: 400, width: 100, height: 50 }),
    ]);
    editor.selection.only('zone', 'also', 'out');
    doing(editor, 'align-left');
    expect(places(editor)).toEqual({
      zone: [0, 0, 300, 300],
      in: [50, 50, 100, 50],
      also: [0, 150, 100, 50],
      out: [0, 400, 100, 50],
    });
  });

  test('needs enough elements that may move', () => {
    const editor = three();
    editor.selection.only('a', 'b');
    expect([command('align-left').enabled(editor), command('distribute-down').enabled(editor)]).toEqual([true, false]);
    editor.selection.only('a');
    expect(command('same-size').enabled(editor)).toBe(false);
  });
});

describe('levels', () => {
  const row = (...levels: number[]) =>
    editorOf(levels.map((zIndex, index) => node('actor', 'abcd'[index] ?? '', { x: index * 20, y: 0 }, { zIndex })));

  test.each([
    ['to-front', 'a', [0, 0, 0], { a: [1] }, 'bca'],
    ['to-back', 'c', [0, 0, 0], { c: [-1] }, 'cab'],
    ['forward', 'a', [0, 0, 0], { a: [1], c: [1] }, 'bac'],
    ['forward', 'a', [0, 2, 5], { a: [3] }, 'bac'],
    ['backward', 'c', [0, 2, 5], { c: [0] }, 'acb'],
    ['to-front', 'c', [0, 0, 0], {}, 'abc'],
    ['backward', 'a', [0, 0, 0], {}, 'abc'],
  ])('%s of %s on %j', (id, cell, before, changed, order) => {
    const editor = row(...before);
    editor.selection.only(cell);
    const wanted = each('orderCell', changed, 'zIndex');
    expect(doing(editor, id)).toEqual(wanted);
    expect(editor.cells.map(({ id: other }) => other).join('')).toBe(order);
  });

  test('forward passes only what it overlaps', () => {
    const editor = editorOf([
      node('actor', 'a', { x: 0, y: 0 }),
      node('actor', 'far', { x: 900, y: 0 }),
      node('actor', 'b', { x: 50, y: 0 }),
    ]);
    editor.selection.only('a');
    doing(editor, 'forward');
    expect(editor.cells.map(({ id }) => id)).toEqual(['far', 'b', 'a']);
    doing(editor, 'forward');
    expect(editor.said.text).toBe('Nothing else is there to pass.');
  });
});

test('the view', () => {
  const editor = shop();
  doing(editor, 'fit');
  expect(editor.view.visible.x).toBeLessThanOrEqual(0);
  expect(editor.view.visible.x + editor.view.visible.width).toBeGreaterThanOrEqual(850);
  doing(editor, 'zoom-100');
  doing(editor, 'zoom-in');
  expect([editor.view.zoom, editor.said.text]).toEqual([1.25, 'Zoom 125 %']);
  doing(editor, 'grid');
  expect([editor.grid.shown, editor.grid.snaps, editor.said.text]).toEqual([false, true, 'Grid: off']);
});

test.each(['badges', 'crossings', 'heat'] as const)('%s are shown or not', (id) => {
  const editor = shop();
  const before = editor.shows[id];
  doing(editor, id);
  expect([editor.shows[id], command(id).on?.(editor)]).toEqual([!before, !before]);
});

describe('in another language', () => {
  beforeEach(() => {
    const commands = { 'title-lock': 'Sperren', 'also-lock': 'anheften' };
    showMessages('de', { commands }, messagesOf('en'));
  });
  afterEach(() => showMessages('en', messagesOf('en'), messagesOf('en')));

  test('a command is found by its own words and by the English ones', () => {
    expect(titleOf(command('lock'))).toBe('Sperren');
    expect(alsoCalled('lock')).toBe('Lock anheften pin fix protect');
  });

  test('what it has done is told in that language', () => {
    const editor = shop();
    editor.selection.only('a');
    doing(editor, 'lock');
    expect(editor.history.steps.map(({ name }) => name)).toEqual(['Sperren: A']);
  });
});

test('what puts a kind is found by other words for the kind', () => {
  expect(alsoCalled('new-store')).toContain('database');
  expect(alsoCalled('new-store')).toContain('insert');
});
