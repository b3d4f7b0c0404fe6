import { expect, test } from 'vitest';
import type { Scope } from '../../api/suggestions.ts';
import { editorOf, flow, LOCKED, node } from '../../editor/commands/fixture.ts';
import type { Editor } from '../../editor/editor.svelte.ts';
import { at } from '../../model/json/node.ts';
import { acceptance } from './accepting.ts';
import { byElement, inState } from './arrange.ts';
import { dismissal, restoration } from './dismissing.ts';
import { suggestion } from './fixture.ts';
import { offersByCategory, offersByRule, type Offer } from './offer.ts';

const ALL: Scope = { diagram: null, elements: null };
const threat = (type: string, more = {}) => ({ id: type, title: type, type, status: 'Open', severity: 'Low', ...more });

const shop = () =>
  editorOf([
    node('process', 'api', { x: 0, y: 0 }, { data: { threats: [threat('Spoofing')] } }),
    node('store', 'orders', { x: 300, y: 0 }, LOCKED),
    node('text', 'note', { x: 0, y: 300 }),
    node('actor', 'far', { x: 0, y: 600 }, { data: { outOfScope: true } }),
    flow('f', 'api', 'orders'),
  ]);

function ownOf(editor: Editor, cell: string): unknown {
  const own = at(editor.diagram.cell(cell)?.node, 'data', 'wyvern');
  return own && JSON.parse(own.raw);
}

const states = (offers: readonly Offer[]) =>
  offers.map(({ key, state, reason }) => [JSON.parse(key)[2], state, reason]);

test('what was edited before it is added is added so, with its rule, as one step', () => {
  const editor = shop();
  const offers = offersByRule(editor.document, [suggestion('api', 'w/a'), suggestion('f', 'w/b')]);
  const [first] = offers;
  const edited = { title: 'Mine', severity: 'Low', description: 'Other', mitigation: '' } as const;
  editor.do(
    'Add',
    acceptance(offers, (offer) => (offer === first ? edited : offer.wording), editor.world.newId),
  );
  const added = editor.diagram.cell('api')?.threats.at(-1);
  expect(added?.node.raw && JSON.parse(added.node.raw)).toEqual({
    id: 'new-1',
    title: 'Mine',
    status: 'Open',
    severity: 'Low',
    type: 'Tampering',
    description: 'Other',
    mitigation: '',
    modelType: 'STRIDE',
    new: false,
    score: '',
    wyvern: { rule: 'w/a' },
    number: 1,
  });
  expect(editor.diagram.cell('f')?.threats).toMatchObject([{ title: 'Title of w/b', severity: 'High', number: 2 }]);
  editor.undo();
  expect(editor.diagram.cells.flatMap(({ threats }) => threats)).toHaveLength(1);
});

test('a title that was emptied is the one that was offered', () => {
  const offers = offersByRule(shop().document, [suggestion('api', 'w/a')]);
  const [operation] = acceptance(
    offers,
    ({ wording }) => ({ ...wording, title: '  ' }),
    () => 'x',
  );
  expect(operation).toMatchObject({ type: 'addThreat', diagram: 7, cell: 'api', threat: { title: 'Title of w/a' } });
});

test('the state follows the document; the server knows of more that is there', () => {
  const editor = shop();
  const asked = [
    suggestion('api', 'w/a'),
    suggestion('api', 'w/b', { state: 'present' }),
    suggestion('api', 'w/c', { state: 'dismissed', reason: 'Old' }),
    suggestion('gone', 'w/a'),
    suggestion('api', 'w/a', { diagram: 8 }),
    suggestion('api', 'w/b', { state: 'present', origin: 'a second file' }),
  ];
  const offers = () => offersByRule(editor.document, asked);
  expect(states(offers())).toEqual([
    ['w/a', 'new', ''],
    ['w/b', 'present', ''],
    ['w/c', 'new', ''],
  ]);
  editor.do('Dismiss', dismissal(editor.document, offers().slice(2), 'Inside'));
  editor.do(
    'Add',
    acceptance(offers().slice(0, 1), ({ wording }) => wording, editor.world.newId),
  );
  expect(states(offers())).toEqual([
    ['w/a', 'present', ''],
    ['w/b', 'present', ''],
    ['w/c', 'dismissed', 'Inside'],
  ]);
  expect(inState(offers(), 'present')).toHaveLength(2);
});

test('a threat that was taken from the library is there by the rule of that name, too', () => {
  const taken = threat('Spoofing', { wyvern: { library: 'w/a', version: '0123456789ab' } });
  const editor = editorOf([node('process', 'api', { x: 0, y: 0 }, { data: { threats: [taken] } })]);
  const offers = offersByRule(editor.document, [suggestion('api', 'w/a'), suggestion('api', 'w/b')]);
  expect(states(offers)).toEqual([
    ['w/a', 'present', ''],
    ['w/b', 'new', ''],
  ]);
});

test('dismissals are kept with what else is there, and taken back without a trace', () => {
  const editor = shop();
  const before = editor.document.text();
  const asked = [suggestion('orders', 'w/a'), suggestion('orders', '__proto__'), suggestion('api', 'w/a')];
  const offers = () => offersByRule(editor.document, asked);
  editor.do('Dismiss', dismissal(editor.document, offers(), 'Not "here"'));
  expect(ownOf(editor, 'orders')).toEqual({
    locked: true,
    dismissed: JSON.parse('{"w/a":"Not \\"here\\"","__proto__":"Not \\"here\\""}'),
  });
  expect(ownOf(editor, 'api')).toEqual({ dismissed: { 'w/a': 'Not "here"' } });
  expect(states(offers()).map(([, state]) => state)).toEqual(['dismissed', 'dismissed', 'dismissed']);
  editor.do('Restore', restoration(editor.document, offers().slice(0, 1)));
  expect(ownOf(editor, 'orders')).toEqual({ locked: true, dismissed: JSON.parse('{"__proto__":"Not \\"here\\""}') });
  editor.do('Restore', restoration(editor.document, offers().slice(1)));
  expect(editor.document.text()).toBe(before);
});

test('another dismissal joins those that are there', () => {
  const editor = shop();
  const offers = () => offersByRule(editor.document, [suggestion('api', 'w/a'), suggestion('api', 'w/b')]);
  editor.do('Dismiss', dismissal(editor.document, offers().slice(0, 1), 'One'));
  editor.do('Dismiss', dismissal(editor.document, offers().slice(1), 'Two'));
  expect(ownOf(editor, 'api')).toEqual({ dismissed: { 'w/a': 'One', 'w/b': 'Two' } });
});

test('by category: one for each that has no threat yet, in whichever language it is told', () => {
  const spoofed = node('process', 'api', { x: 0, y: 0 }, { data: { threats: [threat("Usurpation d'identité")] } });
  const offers = offersByCategory(editorOf([spoofed]).document, ALL, []);
  const wanted = ['Tampering', 'Repudiation', 'Information disclosure', 'Denial of service', 'Elevation of privilege'];
  expect(offers.map(({ category }) => category)).toEqual(wanted);
  expect(offers[0]).toMatchObject({
    rule: null,
    entry: null,
    methodology: 'STRIDE',
    state: 'new',
    wording: { title: 'Tampering', severity: 'TBD', description: '', mitigation: '' },
  });
});

test('by category: of elements that can have threats and are asked about', () => {
  const { document } = shop();
  const cells = (scope: Scope) => byElement(offersByCategory(document, scope, [])).map(({ cell }) => cell.id);
  expect(cells(ALL)).toEqual(['api', 'orders', 'f']);
  expect(cells({ diagram: 7, elements: ['f', 'note', 'far'] })).toEqual(['f']);
  expect(cells({ diagram: 8, elements: null })).toEqual([]);
});

test('by category: a diagram without a methodology offers each word once', () => {
  const editor = shop();
  editor.do('Retype', [{ type: 'setDiagramField', diagram: 7, key: 'diagramType', value: 'Generic' }]);
  const offers = offersByCategory(editor.document, { diagram: 7, elements: ['orders'] }, []);
  const words = offers.map(({ category }) => category);
  expect(words).toContain('Non-compliance');
  expect(new Set(words).size).toBe(words.length);
  expect(new Set(offers.map(({ key }) => key)).size).toBe(words.length);
  expect(offers[0]?.methodology).toBe('Generic');
});
