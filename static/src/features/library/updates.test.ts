import { expect, test } from 'vitest';
import { editorOf, node } from '../../editor/commands/fixture.ts';
import { button, click, settled, show, textOf } from '../../editor/panes/shown.ts';
import { at } from '../../model/json/node.ts';
import type { KeptThreat } from '../../model/library.ts';
import { kept } from './fixture.ts';
import { differences, isTakenFrom, settlement, updatesIn, usuallyTaken } from './updates.ts';
import Updates from './Updates.svelte';

const NOW = [
  kept('acme/a', { version: 'new', title: 'Forged call', description: 'One\nTwo', severity: 'high' }),
  kept('acme/b', { version: 'new', mitigation: 'Sign each one.' }),
  kept('acme/same', { version: 'old' }),
];
const supply = { threat: (id: string): KeptThreat | undefined => NOW.find((each) => each.id === id) };

function threat(id: string, library: string, more: object = {}) {
  return {
    id,
    title: `Title of ${library}`,
    status: 'Open',
    severity: 'High',
    type: 'Tampering',
    description: 'Who does what.',
    mitigation: 'What helps.',
    number: Number(id),
    wyvern: { rule: 'r', library, version: 'old', own: 1.5 },
    ...more,
  };
}

function shop() {
  const threats = [
    threat('1', 'acme/a', { description: 'One\r\nTwo', severity: 'Low' }),
    threat('2', 'acme/b', { severity: 'TBD' }),
    threat('3', 'acme/same'),
    threat('4', 'acme/gone'),
    threat('5', 'acme/a', { wyvern: 'acme/a' }),
    { ...threat('6', 'x'), wyvern: undefined },
  ];
  const data = { threats: JSON.parse(JSON.stringify(threats)) };
  const editor = editorOf([node('process', 'api', { x: 0, y: 0 }, { data })]);
  editor.supply = supply;
  const now = () => updatesIn(editor.document, supply);
  const update = (index: number) => {
    const found = now()[index];
    if (!found) throw new Error(`there is no update ${index}`);
    return found;
  };
  const own = (id: string) =>
    at(editor.diagram.cell('api')?.threats.find((each) => each.id === id)?.node, 'wyvern')?.raw;
  return { editor, now, update, own };
}

test('what has another version in the library is told, what is gone or of the same version is not', () => {
  const { editor, now } = shop();
  expect(now().map(({ row }) => row.threat.id)).toEqual(['1', '2']);
  expect([isTakenFrom(editor.document), isTakenFrom(editorOf([]).document)]).toEqual([true, false]);
});

test('only what differs is told, line ends and the case of severities aside', () => {
  const { update } = shop();
  expect(differences(update(0))).toEqual([
    { field: 'title', ours: 'Title of acme/a', theirs: 'Forged call' },
    { field: 'severity', ours: 'Low', theirs: 'High' },
  ]);
  expect([0, 1].map((index) => usuallyTaken(update(index)))).toEqual([['title'], ['mitigation', 'severity']]);
});

test('what is ticked is taken over, with the version; all else that the threat says of itself stays', () => {
  const { editor, update, own, now } = shop();
  editor.do('Update', settlement(editor.document, update(0), ['title']));
  const [first] = editor.diagram.cell('api')?.threats ?? [];
  expect(first).toMatchObject({ title: 'Forged call', severity: 'Low', description: 'One\r\nTwo' });
  expect(JSON.parse(own('1') ?? '')).toEqual({ rule: 'r', library: 'acme/a', version: 'new', own: 1.5 });
  expect(now().map(({ row }) => row.threat.id)).toEqual(['2']);
});

test('who keeps theirs is not asked again', () => {
  const { editor, update, now } = shop();
  const operations = settlement(editor.document, update(1), []);
  expect(operations.map((each) => ('key' in each ? each.key : ''))).toEqual(['wyvern']);
  editor.do('Keep', operations);
  expect(now()).toHaveLength(1);
});

const box = (name: string) => document.querySelector<HTMLInputElement>(`[aria-label="${name}"]`) ?? document.body;

test('one after the other, each one step; with the last the dialog closes', async () => {
  const { editor } = shop();
  let closed = 0;
  show(Updates, { editor, supply, of: null, close: () => (closed += 1) });
  expect(textOf(document.querySelector('[role="status"]'))).toContain('2 threats say something else');
  await click(box('Severity of Title of acme/a: take what the library says'));
  await click(button('Apply to Title of acme/a'));
  expect(editor.diagram.cell('api')?.threats[0]).toMatchObject({ title: 'Forged call', severity: 'High' });
  expect([closed, editor.done?.text]).toEqual([0, 'Updated 1 threat.']);
  expect(textOf(document.activeElement)).toBe('#2 Title of acme/b');
  await click(button('Keep ours: Title of acme/b'));
  await settled();
  expect([closed, editor.done?.text]).toEqual([1, '1 threat stays as it is.']);
  expect(editor.diagram.cell('api')?.threats[1]?.mitigation).toBe('What helps.');
  expect(editor.history.steps).toHaveLength(2);
});

test('all at once is one step; of one threat only that is shown', async () => {
  const { editor } = shop();
  const before = editor.document.text();
  show(Updates, { editor, supply, of: null, close: () => undefined });
  await click(button('Apply to all 2 threats'));
  expect(editor.diagram.cell('api')?.threats.slice(0, 2)).toMatchObject([
    { title: 'Forged call' },
    { mitigation: 'Sign each one.', severity: 'High' },
  ]);
  editor.undo();
  expect(editor.document.text()).toBe(before);
  show(Updates, { editor, supply, of: { diagram: 7, cell: 'api', threat: '2' }, close: () => undefined });
  expect(box('Mitigation of Title of acme/b: take what the library says')).toMatchObject({ checked: true });
});
