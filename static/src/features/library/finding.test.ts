import { expect, test } from 'vitest';
import { kept } from './fixture.ts';
import { ANY, fileOf, found, ownFirst, sourceKey, sourcesIn, tagsIn } from './finding.ts';

const PINNED = 'acme/eu/library@v1.2.0:.wyvern/library/x.toml';
const ALL = [
  kept('wyvern/sql', { origin: 'built-in', title: 'SQL injection', tags: ['database', 'input'] }),
  kept('lib/replayed', { origin: PINNED, title: 'Replayed webhook', tags: ['webhook', 'webhook'] }),
  kept('acme/forged', { title: 'Forged webhook', description: 'Anybody can SEND events.', references: ['CAPEC-7'] }),
];

const idsFor = (wanted: Partial<typeof ANY>) => found(ALL, { ...ANY, ...wanted }).map(({ id }) => id);

test.each([
  ['', ['wyvern/sql', 'lib/replayed', 'acme/forged']],
  ['  webhook   forged ', ['acme/forged']],
  ['send', ['acme/forged']],
  ['capec-7', ['acme/forged']],
  ['DATABASE', ['wyvern/sql']],
  ['lib/', ['lib/replayed']],
  ['webhook sql', []],
])('words: %s', (words, ids) => {
  expect(idsFor({ words })).toEqual(ids);
});

test('by source and tag', () => {
  expect(idsFor({ source: 'own' })).toEqual(['acme/forged']);
  expect(idsFor({ source: '@acme/eu/library@v1.2.0' })).toEqual(['lib/replayed']);
  expect(idsFor({ source: 'built-in', tag: 'webhook' })).toEqual([]);
  expect(idsFor({ tag: 'webhook' })).toEqual(['lib/replayed', 'acme/forged']);
});

test('an origin tells where something comes from', () => {
  expect(['built-in', '.wyvern/library/a@b.toml', PINNED].map(sourceKey)).toEqual([
    'built-in',
    'own',
    '@acme/eu/library@v1.2.0',
  ]);
  expect(['built-in', PINNED].map(fileOf)).toEqual(['', PINNED]);
});

test('the team’s own comes first, what is built in last', () => {
  expect(ownFirst(ALL).map(({ id }) => id)).toEqual(['acme/forged', 'lib/replayed', 'wyvern/sql']);
});

test('what can be chosen is what there is, each tag of an entry counted once', () => {
  expect(sourcesIn(ALL)).toEqual([
    { key: 'built-in', count: 1 },
    { key: '@acme/eu/library@v1.2.0', count: 1 },
    { key: 'own', count: 1 },
  ]);
  expect(tagsIn(ALL)).toEqual([
    { key: 'database', count: 1 },
    { key: 'input', count: 1 },
    { key: 'webhook', count: 2 },
  ]);
});
