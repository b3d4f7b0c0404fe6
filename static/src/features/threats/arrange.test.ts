import { afterEach, expect, test } from 'vitest';
import { messagesOf } from '../../i18n/testing.ts';
import { showMessages } from '../../i18n/translate.svelte.ts';
import { Document } from '../../model/document.ts';
import { filtered, grouped, optionsOf, sorted } from './arrange.ts';
import { cell, diagram, modelOf, SHOP, threat } from './fixture.ts';
import { parseQuery, type Grouping } from './query.ts';
import { rowsOf, targetsOf } from './rows.ts';

const rows = rowsOf(Document.parse(SHOP));
const numbers = (of: readonly { threat: { number: number | null } }[]) => of.map((row) => row.threat.number);
const found = (query: string) => numbers(filtered(rows, parseQuery(query)));
const inOrder = (query: string) => numbers(sorted(rows, parseQuery(query)));

afterEach(() => showMessages('en', messagesOf('en'), messagesOf('en')));

test.each([
  ['', [1, 2, 10, 4, 3, 5]],
  ['text=api', [1, 2, 10, 5]],
  ['text=SIGNED+api', [2]],
  ['text=%2310', [10]],
  ['text=.*', []],
  ['status=Open', [1, 10, 4, 5]],
  ['status=Perhaps', [3]],
  ['severity=Critical', [1]],
  ['type=Spoofing', [1, 10]],
  ['diagram=1', [5]],
  ['methodology=LINDDUN', [5]],
  ['scope=out', [3]],
  ['scope=in&type=Spoofing&severity=Low', [10]],
])('of all threats, %j are shown', (query, expected) => {
  expect(found(query)).toEqual(expected);
});

test.each([
  ['', [1, 2, 3, 4, 5, 10]],
  ['sort=-number', [10, 5, 4, 3, 2, 1]],
  ['sort=title', [1, 4, 5, 2, 3, 10]],
  ['sort=score', [10, 4, 3, 5, 1, 2]],
  ['sort=-severity', [1, 2, 4, 3, 5, 10]],
  ['sort=status', [1, 10, 4, 5, 2, 3]],
  ['sort=type', [4, 5, 3, 1, 10, 2]],
  ['sort=diagram', [1, 2, 10, 4, 3, 5]],
])('%j puts them in order, equal ones as in the file', (query, expected) => {
  expect(inOrder(query)).toEqual(expected);
});

test.each<[Grouping, string[]]>([
  ['severity', ['Critical 1', 'High 4', 'Low 1']],
  ['status', ['Open 4', 'Mitigated 1', 'Perhaps 1']],
  ['type', ['Information disclosure 1', 'Linkability 1', 'Repudiation 1', 'Spoofing 2', 'Tampering 1']],
  ['diagram', ['Paying 5', 'Versand 1']],
  ['element', ['API in Paying 3', 'API in Versand 1', 'Bank in Paying 1', 'Orders in Paying 1']],
])('grouped by %s', (group, expected) => {
  const headings = grouped(rows, group).flatMap((item) =>
    item.kind === 'group' ? [`${item.name} ${item.count}`] : [],
  );
  expect(headings).toEqual(expected);
});

test('a category has the name of the language, and is one in all', () => {
  showMessages('fr', {}, messagesOf('en'));
  expect(optionsOf(rows, 'type').find(({ value }) => value === 'Spoofing')).toEqual({
    value: 'Spoofing',
    text: "Usurpation d'identité",
    count: 2,
  });
});

test('what operations would not find is told, and has a key of its own', () => {
  const odd = modelOf(
    diagram(0, 'A', 'STRIDE', [
      cell('a', 'actor', 'A', [threat(1, 'x'), threat(1, 'twin'), { title: 'bare' }]),
      cell('a', 'actor', 'Twin', [threat(2, 'lost')]),
    ]),
    diagram(0, 'Twin', 'STRIDE', [cell('b', 'actor', 'B', [threat(3, 'lost too')])]),
  );
  const all = rowsOf(Document.parse(odd));
  expect(all.map(({ editable }) => editable)).toEqual([true, false, false, false, false]);
  expect(new Set(all.map(({ key }) => key)).size).toBe(5);
  expect(targetsOf(Document.parse(odd)).map(({ cells }) => cells.map(({ name }) => name))).toEqual([['A']]);
});

test('elements that can have no threats are no targets', () => {
  const [paying, sending] = targetsOf(Document.parse(SHOP));
  expect(paying?.cells.map(({ name }) => name)).toEqual(['API', 'Orders']);
  expect(sending?.cells.map(({ name }) => name)).toEqual(['API']);
});

test('ten thousand threats are sought, sorted and grouped at once', () => {
  const many = Array.from({ length: 10_000 }, (_, index) => threat(index, `Threat ${index % 97}`, { id: `${index}` }));
  const document = Document.parse(modelOf(diagram(0, 'A', 'STRIDE', [cell('a', 'process', 'A', many)])));
  const all = rowsOf(document);
  const shown = grouped(sorted(filtered(all, parseQuery('text=threat')), parseQuery('sort=-title')), 'severity');
  expect(shown).toHaveLength(10_001);
}, 30_000);
