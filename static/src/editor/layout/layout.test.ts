import { describe, expect, test } from 'vitest';
import { doing, editorOf, flow, LOCKED, node, places } from '../commands/fixture.ts';
import type { Editor } from '../editor.svelte.ts';
import { contains, overlaps, type Box } from '../geometry/box.ts';
import { boundsOf } from '../geometry/place.ts';
import { parents } from '../navigate/nesting.ts';
import { arrange } from './arrange.ts';
import { chosen, graphOf, type Graph } from './graph.ts';
import { byLevel } from './levels.ts';
import { Preview } from './preview.svelte.ts';

/** A web application in a heap: a boundary in another, flows forth and back, a loop. */
function heap(): Editor {
  return editorOf([
    node('boundary-box', 'cloud', { x: 100, y: 100, width: 600, height: 500 }),
    node('boundary-box', 'inside', { x: 300, y: 200, width: 350, height: 350 }),
    node('actor', 'browser', { x: 0, y: 0, width: 90, height: 60 }),
    node('process', 'web', { x: 120, y: 130 }),
    node('process', 'api', { x: 320, y: 250 }),
    node('store', 'data', { x: 330, y: 300 }, { angle: 90 }),
    node('boundary-box', 'empty', { x: 320, y: 560, width: 20, height: 20 }),
    flow('1', 'browser', 'web', [{ x: 5, y: 5 }]),
    flow('2', 'web', 'api'),
    flow('3', 'api', 'web'),
    flow('4', 'api', 'data'),
    flow('5', 'api', 'api'),
    flow('6', 'browser', 'cloud'),
    flow('7', 'data', { x: 0, y: 900 }, [{ x: 7, y: 7 }]),
  ]);
}

const now = (graph: Graph) => Promise.resolve(arrange(graph));

async function laidOut(editor: Editor): Promise<Preview> {
  const preview = new Preview(editor, now);
  await preview.show('right');
  return preview;
}

const boxes = (editor: Editor) =>
  new Map(editor.cells.flatMap((cell) => (boundsOf(cell) ? [[cell.id, boundsOf(cell)]] : [])) as [string, Box][]);

test('nothing lies on another, and each stays in its boundary', async () => {
  const editor = heap();
  const before = parents(editor.cells);
  const preview = await laidOut(editor);
  expect(preview.state).toBe('shown');
  preview.apply();
  expect(Object.fromEntries(parents(editor.cells))).toEqual(Object.fromEntries(before));
  const found = [...boxes(editor)];
  for (const [a, p] of found) {
    for (const [b, q] of found)
      if (a < b && overlaps(p, q)) expect(contains(p, q) || contains(q, p), `${a} on ${b}`).toBe(true);
  }
});

test('it is one step, in which flows lose their vertices', async () => {
  const editor = heap();
  const before = editor.document.text();
  (await laidOut(editor)).apply();
  expect(editor.history.steps.map(({ name }) => name)).toEqual(['Lay out 7 elements']);
  expect(editor.diagram.cells.flatMap(({ vertices }) => vertices)).toEqual([]);
  expect(places(editor)).toMatchObject({ web: [expect.any(Number), expect.any(Number), 100, 100] });
  editor.undo();
  expect(editor.document.text()).toBe(before);
});

test('who asks comes before who answers, whatever was drawn first', async () => {
  const editor = editorOf([
    node('boundary-box', 'zone', { x: 200, y: 0, width: 400, height: 300 }),
    node('process', 'web', { x: 250, y: 100 }),
    node('store', 'data', { x: 900, y: 100 }),
    node('actor', 'user', { x: 700, y: 400 }),
    flow('1', 'user', 'web'),
    flow('2', 'web', 'user'),
    flow('3', 'web', 'data'),
    flow('4', 'data', 'web'),
    flow('5', 'data', 'user'),
  ]);
  (await laidOut(editor)).apply();
  const left = (id: string) => boxes(editor).get(id)?.x ?? NaN;
  expect(left('user')).toBeLessThan(left('web'));
  expect(left('web')).toBeLessThan(left('data'));
});

test('the flow goes along the course', async () => {
  const editor = heap();
  const preview = await laidOut(editor);
  const across = boxes(editor);
  expect((across.get('browser')?.x ?? 0) < (across.get('web')?.x ?? 0)).toBe(true);
  await preview.show('down');
  const down = boxes(editor);
  expect((down.get('browser')?.y ?? 0) < (down.get('web')?.y ?? 0)).toBe(true);
  preview.cancel();
});

test('what is cancelled has not been, and the view is as before', async () => {
  const editor = heap();
  const [before, x] = [editor.document, editor.view.x];
  const preview = await laidOut(editor);
  expect(editor.document).not.toBe(before);
  expect(editor.busy).toBe(true);
  preview.cancel();
  expect([editor.document === before, editor.history.steps.length, editor.busy, editor.view.x]).toEqual([
    true,
    0,
    false,
    x,
  ]);
});

test('an answer that comes too late is not taken', async () => {
  const editor = heap();
  const before = editor.document;
  let answer = () => {};
  const slow = (graph: Graph) => new Promise<ReadonlyMap<string, Box>>((done) => (answer = () => done(arrange(graph))));
  const preview = new Preview(editor, slow);
  const shown = preview.show('right');
  preview.cancel();
  answer();
  await shown;
  expect(editor.document).toBe(before);
});

test('what goes wrong is told', async () => {
  const preview = new Preview(heap(), () => Promise.reject(new Error('no')));
  await preview.show('right');
  expect(preview.state).toBe('failed');
  preview.cancel();
});

describe('what is laid out', () => {
  const ids = (editor: Editor) => chosen(editor.diagram, editor.selected).map(({ id }) => id);

  test('is all, or what is selected with what stands in it; never what is locked', () => {
    const editor = heap();
    expect(ids(editor)).toHaveLength(7);
    editor.selection.only('web');
    expect(ids(editor)).toHaveLength(7);
    editor.selection.only('web', 'browser', '1');
    expect(ids(editor)).toEqual(['browser', 'web']);
    editor.selection.only('inside');
    expect(ids(editor)).toEqual(['inside', 'api', 'data']);
    expect(ids(editorOf([node('actor', 'a', { x: 0, y: 0 }, LOCKED), node('actor', 'b', { x: 0, y: 0 })]))).toEqual([
      'b',
    ]);
  });

  test('others stay where they are', async () => {
    const editor = heap();
    editor.selection.only('web', 'browser');
    const before = places(editor);
    (await laidOut(editor)).apply();
    const after = places(editor);
    expect({ ...after, web: 0, browser: 0 }).toEqual({ ...before, web: 0, browser: 0 });
    expect(after['browser']).toEqual([0, expect.any(Number), 90, 60]);
  });
});

test('edges run between what stands side by side', () => {
  const node = (id: string, parent: string | null) => ({ id, parent, width: 10, height: 10 });
  const nodes = [node('zone', null), node('inner', 'zone'), node('a', 'inner'), node('b', 'zone'), node('c', null)];
  const ends = ['a b', 'b a', 'a c', 'c zone', 'a zone', 'a a'].map((pair) => pair.split(' '));
  const edges = ends.map(([from = '', to = '']) => ({ id: `${from}${to}`, from, to, width: 0 }));
  const found = Array.from(byLevel(nodes, edges), ([parent, level]) => [
    parent,
    level.nodes.map(({ id }) => id).join(' '),
    level.edges.map(({ from, to }) => `${from}→${to}`).join(' '),
  ]);
  expect(found).toEqual([
    [null, 'zone c', 'zone→c c→zone'],
    ['zone', 'inner b', 'inner→b b→inner'],
    ['inner', 'a', ''],
  ]);
});

test('ids are no names of the library: any text will do', () => {
  const editor = editorOf([
    node('actor', '__proto__', { x: 0, y: 0 }),
    node('actor', 'constructor', { x: 0, y: 0 }),
    flow('toString', '__proto__', 'constructor'),
  ]);
  const found = arrange(
    graphOf(
      editor.diagram,
      editor.cells.filter((cell) => !cell.isEdge),
      'right',
    ),
  );
  expect([...found.keys()]).toEqual(['__proto__', 'constructor']);
  expect((found.get('__proto__')?.x ?? 0) < (found.get('constructor')?.x ?? 0)).toBe(true);
});

test('the command only opens the preview: opening a diagram lays nothing out', () => {
  const editor = heap();
  expect(doing(editor, 'layout')).toEqual([]);
  expect(editor.panel).toEqual({ name: 'layout' });
});
