import { expect, test } from 'vitest';
import { editorOf, flow, node } from './fixture.ts';
import { elementChoices, targetChoices, threatChoices } from './finding.ts';
import { matching } from './matching.ts';

const threat = { id: 't', title: 'Coins are copied', status: 'Open', severity: 'High', type: 'Spoofing', number: 12 };

const shop = () =>
  editorOf([
    node('boundary-box', 'zone', { x: 0, y: 0 }),
    node('process', 'a', { x: 50, y: 100 }, { data: { threats: [{ ...threat, description: 'With a printer' }] } }),
    node('store', 'b', { x: 700, y: 100 }),
    flow('f', 'a', 'b'),
    node('text', 'note', { x: 0, y: 900 }),
  ]);

test('elements are found by kind, name and place', () => {
  const editor = shop();
  const choices = elementChoices(editor);
  expect(choices.map(({ title, remark }) => [title, remark])).toEqual([
    ['Trust boundary ZONE', ''],
    ['Process A', 'in ZONE'],
    ['Flow F', 'from A to B'],
    ['Store B', ''],
    ['Text NOTE', ''],
  ]);
  matching(choices, 'store b')[0]?.choose();
  expect([editor.focus, ...editor.selection.ids]).toEqual(['b', 'b']);
});

test('threats are found by number, title and text, and open where they are', () => {
  const editor = shop();
  const choices = threatChoices(editor);
  for (const typed of ['#12', 'coins', 'printer', 'spoof']) {
    expect(matching(choices, typed).map(({ title }) => title)).toEqual(['#12 Coins are copied']);
  }
  choices[0]?.choose();
  expect([editor.focus, editor.pane]).toEqual(['a', { name: 'threats', count: 1, threat: 't' }]);
});

test('a flow goes to any element, to new ones and back', () => {
  const editor = shop();
  const from = editor.diagram.cell('a');
  if (!from) throw new Error('it is there');
  const choices = targetChoices(editor, from);
  expect(choices.map(({ title, remark }) => [title, remark])).toEqual([
    ['Store B', 'has a flow from here'],
    ['New process', undefined],
    ['New store', undefined],
    ['New actor', undefined],
    ['Process A', 'back to itself'],
  ]);
  choices[4]?.choose();
  expect(editor.diagram.cells.at(-1)).toMatchObject({ kind: 'flow', source: { cell: 'a' }, target: { cell: 'a' } });
});

test('a flow goes by keyboard wherever it goes by pointer: also to what has an unknown shape', () => {
  const odd = JSON.stringify(node('process', 'odd', { x: 0, y: 0 })).replace('"shape":"process"', '"shape":"cylinder"');
  const editor = editorOf([node('process', 'a', { x: 300, y: 0 }), JSON.parse(odd)]);
  const from = editor.diagram.cell('a');
  if (!from) throw new Error('it is there');
  expect(targetChoices(editor, from).map(({ id }) => id)).toContain('cell odd');
});
