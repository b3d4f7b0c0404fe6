import { afterEach, expect, test, vi } from 'vitest';
import { button, click, control, enter, press, settled, show, textOf } from '../../editor/panes/shown.ts';
import { here } from '../../here.svelte.ts';
import { brought, parseAsked, printAsked } from './brought.ts';
import { kept } from './fixture.ts';
import LibraryPage from './LibraryPage.svelte';

const FAULT = { file: '.wyvern/sources.toml', line: 2, message: 'There is no tag `v9`.' };
const RULE = {
  ...kept('wyvern/sql', { origin: 'built-in', title: 'SQL injection' }),
  because: 'It takes what is sent.',
};
const PINNED = 'acme/library@v1:.wyvern/library/x.toml';
const MITIGATION = {
  id: 'acme/sign',
  origin: PINNED,
  title: 'Sign',
  description: 'With HMAC.',
  references: [],
  tags: [],
};
const TEMPLATE = {
  id: 'built-in/shop',
  kind: 'model',
  origin: 'built-in',
  name: 'shop',
  description: '',
  tags: ['web'],
};
const ANSWERS: Readonly<Record<string, object>> = {
  rules: { rules: [RULE], faults: [FAULT] },
  library: { threats: [RULE, kept('acme/forged')], mitigations: [MITIGATION], faults: [FAULT, { ...FAULT, line: 3 }] },
  templates: { templates: [TEMPLATE], faults: [] },
};

afterEach(() => vi.unstubAllGlobals());

function answer() {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (path: string) => {
    asked.push(path);
    return new Response(JSON.stringify({ status: 200, data: ANSWERS[path.split('/').at(-1) ?? ''] }));
  });
  return asked;
}

test('a rule is no threat besides; what is wrong with one file is told once', async () => {
  const asked = answer();
  const all = await brought('acme/shop', 'main', new AbortController().signal);
  expect(asked.every((path) => path.startsWith('/api/threatmodel/acme/shop/main/'))).toBe(true);
  expect([all.rules, all.threats, all.mitigations].map((each) => each.map(({ id }) => id))).toEqual([
    ['wyvern/sql'],
    ['acme/forged'],
    ['acme/sign'],
  ]);
  expect(all.templates.map(({ name }) => name)).toEqual(['Web shop']);
  expect(all.faults).toEqual([FAULT, { ...FAULT, line: 3 }]);
});

test.each([
  ['', { tab: 'rules', words: '', source: '', tag: '' }],
  ['tab=threats&search=a+b&source=%40x%40v1&tag=web', { tab: 'threats', words: 'a b', source: '@x@v1', tag: 'web' }],
] as const)('%s is read and written', (query, asked) => {
  expect([parseAsked(query), printAsked(asked)]).toEqual([asked, query]);
});

test('a tab that is not known is the first', () => {
  expect(parseAsked('tab=__proto__').tab).toBe('rules');
});

test('faults come first; tabs and search are kept in the address', async () => {
  answer();
  const place = placeOf('');
  show(LibraryPage, { place });
  await expect.poll(() => document.querySelector('details')?.open).toBe(true);
  expect([...document.querySelectorAll('details li')].map(textOf)).toEqual([
    '.wyvern/sources.toml, line 2 There is no tag `v9`.',
    '.wyvern/sources.toml, line 3 There is no tag `v9`.',
  ]);
  expect([...document.querySelectorAll('[role=tab]')].map(textOf)).toEqual([
    'Rules (1)',
    'Threats (1)',
    'Mitigations (1)',
    'Templates (1)',
  ]);
  const refined = vi.spyOn(here, 'refine').mockImplementation(() => undefined);
  await press(button('Rules (1)'), 'ArrowLeft');
  expect(refined).toHaveBeenLastCalledWith({ ...place, query: 'tab=templates' });
  await enter(control('Search'), 'nothing');
  expect(refined).toHaveBeenLastCalledWith({ ...place, query: 'search=nothing' });
  await click(button('Details of SQL injection'));
  await settled();
  expect(textOf(document.querySelector('.panel li'))).toContain('Mitigation What helps.');
  expect(textOf(document.querySelector('.panel li'))).toContain('It takes what is sent.');
});

function placeOf(query: string) {
  return { page: 'library', provider: 'local', repository: 'acme/shop', branch: 'main', query } as const;
}
