import { expect, test } from 'vitest';
import { editorOf, flow, node } from '../../editor/commands/fixture.ts';
import { at } from '../../model/json/node.ts';
import { kept } from '../library/fixture.ts';
import { acceptance } from './accepting.ts';
import { lackingAt, offersForAll, offersFromLibrary } from './from-library.ts';
import { elementsIn } from './offer.ts';

function shop() {
  const editor = editorOf([
    node('process', 'api', { x: 0, y: 0 }),
    node('store', 'db', { x: 300, y: 0 }),
    flow('f', 'api', 'db'),
  ]);
  const targets = () => elementsIn(editor.document, { diagram: 7, elements: null });
  const target = (id: string) => {
    const found = targets().find(({ cell }) => cell.id === id);
    if (!found) throw new Error(`there is no ${id}`);
    return found;
  };
  const add = (...offers: Parameters<typeof acceptance>[0]) =>
    editor.do(
      'Add',
      acceptance(offers, ({ wording }) => wording, editor.world.newId),
    );
  const retype = (value: string) =>
    editor.do('Retype', [{ type: 'setDiagramField', diagram: 7, key: 'diagramType', value }]);
  return { editor, targets, target, add, retype };
}

test('a threat that is added says which entry it is, in which version, and nothing of a rule', () => {
  const { editor, target, add } = shop();
  add(...offersFromLibrary([kept('acme/forged')], target('api'), []));
  const [threat] = target('api').cell.threats;
  expect(threat).toMatchObject({ title: 'Title of acme/forged', type: 'Tampering', severity: 'High', status: 'Open' });
  expect(threat).toMatchObject({ description: 'Who does what.', mitigation: 'What helps.', number: 1 });
  expect(JSON.parse(at(threat?.node, 'wyvern')?.raw ?? '')).toEqual({
    library: 'acme/forged',
    version: '0123456789ab',
  });
  expect(editor.history.steps).toHaveLength(1);
});

test.each([
  ['STRIDE', { LINDDUN: 'Linkability', STRIDE: 'Repudiation' }, 'Repudiation', 'STRIDE'],
  ['LINDDUN', { LINDDUN: 'Linkability', STRIDE: 'Repudiation' }, 'Linkability', 'LINDDUN'],
  ['Generic', { CIA: 'Integrity', LINDDUN: 'Linkability' }, 'Linkability', 'Generic'],
  ['Generic', { CIA: 'Integrity' }, 'Integrity', 'Generic'],
  ['Generic', {}, 'Spoofing', 'Generic'],
  ['CIA', { STRIDE: 'Spoofing' }, 'Confidentiality', 'CIA'],
  ['STRIDE', JSON.parse('{"__proto__":"x"}'), 'Spoofing', 'STRIDE'],
  ['Our own', { 'Our own': 'Rust' }, 'Rust', 'Our own'],
  ['toString', {}, 'Spoofing', 'toString'],
])('in a diagram of %s %j is %s', (type, categories, category, methodology) => {
  const { target, retype } = shop();
  retype(type);
  const [offer] = offersFromLibrary([kept('a/b', { categories })], target('api'), []);
  expect([offer?.category, offer?.methodology]).toEqual([category, methodology]);
});

test('a category that the entry does not say is chosen from those of the element, or of all elements', () => {
  const { target, add, retype } = shop();
  retype('CIA');
  const entries = [kept('a/said', { categories: { CIA: 'Integrity' } }), kept('a/unsaid')];
  const [said, unsaid] = offersFromLibrary(entries, target('api'), []);
  expect(said?.choices).toEqual([]);
  expect(unsaid?.choices).toEqual([{ title: 'CIA', words: ['Confidentiality', 'Integrity', 'Availability'] }]);
  expect(unsaid?.category).toBe('Confidentiality');
  retype('STRIDE');
  const [both] = offersForAll([kept('a/unsaid', { categories: {} })], [target('db'), target('api')], []);
  expect(both?.choices).toEqual([
    {
      title: 'STRIDE',
      words: [
        'Tampering',
        'Repudiation',
        'Information disclosure',
        'Denial of service',
        'Spoofing',
        'Elevation of privilege',
      ],
    },
  ]);
  const chosen = both && [{ ...both, wording: { ...both.wording, category: 'Repudiation' } }];
  add(...(chosen ?? []));
  expect(target('db').cell.threats).toMatchObject([{ type: 'Repudiation' }]);
  expect(JSON.parse(target('db').cell.threats[0]?.node.raw ?? '')).not.toHaveProperty('category');
});

test('what an element has from the library or by the rule of that name is there', () => {
  const { editor, target, add } = shop();
  const entries = [kept('acme/a'), kept('wyvern/r'), kept('acme/c')];
  add(...offersFromLibrary(entries.slice(0, 1), target('api'), []));
  const ruled = {
    id: 'x',
    title: 'R',
    status: 'Open',
    severity: 'High',
    type: 'Tampering',
    wyvern: { rule: 'wyvern/r' },
  };
  editor.do('Add', [{ type: 'addThreat', diagram: 7, cell: 'api', threat: ruled }]);
  expect(offersFromLibrary(entries, target('api'), []).map(({ state }) => state)).toEqual([
    'present',
    'present',
    'new',
  ]);
});

test('several elements get what each of them lacks', () => {
  const { target, targets, add } = shop();
  const entries = [kept('acme/a'), kept('acme/b')];
  add(...offersFromLibrary(entries, target('api'), []));
  add(...offersFromLibrary(entries.slice(0, 1), target('db'), []));
  const both = [target('api'), target('db')];
  expect(offersForAll(entries, both, []).map(({ state }) => state)).toEqual(['present', 'new']);
  expect(lackingAt(both, entries, []).map(({ cell, entry }) => [cell.id, entry?.id])).toEqual([['db', 'acme/b']]);
  expect(lackingAt(targets(), entries, []).map(({ cell, entry }) => [cell.id, entry?.id])).toEqual([
    ['db', 'acme/b'],
    ['f', 'acme/a'],
    ['f', 'acme/b'],
  ]);
  expect(offersForAll(entries, [], [])).toEqual([]);
});
