import { describe, expect, test } from 'vitest';
import { FILE, href, HOME, parsePlace, subjectOf, type Destination } from './routes.ts';

const DIAGRAM = { view: 'diagram', diagram: null, query: '' } as const;
const THREATS = { view: 'threats', diagram: null } as const;
const SHOP = { provider: 'local', repository: 'demo/shop' } as const;
const MAIN = { ...SHOP, branch: 'main' } as const;
const M = { ...MAIN, model: 'm' } as const;
const [OLD, NEW] = ['0a'.repeat(20), 'f1'.repeat(32)] as const;

describe('an address and the place it stands for', () => {
  const places: [string, Destination][] = [
    ['#/', HOME],
    ['#/?page=2&search=pay+roll', { page: 'repositories', number: 2, search: 'pay roll' }],
    ['#/?search=%26page%3D9%23', { page: 'repositories', number: 1, search: '&page=9#' }],
    [
      '#/git/local/demo%2Fshop',
      { page: 'branches', provider: 'local', repository: 'demo/shop', number: 1, search: '' },
    ],
    [
      '#/git/local/demo%2Fshop?page=3',
      { page: 'branches', provider: 'local', repository: 'demo/shop', number: 3, search: '' },
    ],
    [
      '#/git/github/octo-org%2Fshop/feature%2Fx',
      { page: 'models', provider: 'github', repository: 'octo-org/shop', branch: 'feature/x', query: '' },
    ],
    [
      '#/git/local/a%2Fb%2Fc/main',
      { page: 'models', provider: 'local', repository: 'a/b/c', branch: 'main', query: '' },
    ],
    [
      '#/git/gitlab/acme%2Fpayments%2Feu%2Fshop',
      { page: 'branches', provider: 'gitlab', repository: 'acme/payments/eu/shop', number: 1, search: '' },
    ],
    [
      '#/git/gitlab/acme%2Fpayments%2Fshop/main/models',
      { page: 'model', provider: 'gitlab', repository: 'acme/payments/shop', branch: 'main', model: 'models' },
    ],
    [
      '#/git/bitbucket/acme%2Fshop/release%2F1%2F2/Web',
      { page: 'model', provider: 'bitbucket', repository: 'acme/shop', branch: 'release/1/2', model: 'Web' },
    ],
    [
      '#/git/local/demo%2Fshop/feature%2Fx/50%25%20%231%3F',
      { page: 'model', provider: 'local', repository: 'demo/shop', branch: 'feature/x', model: '50% #1?' },
    ],
    [
      '#/git/local/demo%2Fshop/main/%E5%A8%81%E8%83%81',
      { page: 'model', provider: 'local', repository: 'demo/shop', branch: 'main', model: '威胁' },
    ],
    [
      '#/git/local/demo%2Fshop/main/.hidden',
      { page: 'model', provider: 'local', repository: 'demo/shop', branch: 'main', model: '.hidden' },
    ],
    [
      '#/git/gitlab/acme%2Fpayments%2Fshop/feature%2Fx/Web%20shop/edit/12',
      {
        page: 'edit',
        provider: 'gitlab',
        repository: 'acme/payments/shop',
        branch: 'feature/x',
        model: 'Web shop',
        view: 'diagram',
        diagram: 12,
        query: '',
      },
    ],
    [
      '#/git/local/demo%2Fshop/main/edit/edit',
      { page: 'edit', provider: 'local', repository: 'demo/shop', branch: 'main', model: 'edit', ...DIAGRAM },
    ],
    ['#/file', FILE],
    ['#/file/0', { page: 'file', ...DIAGRAM, diagram: 0 }],
    ['#/file/18446744073709552000', { page: 'file', ...DIAGRAM, diagram: 2 ** 64 }],
    ['#/file/threats?status=Open', { page: 'file', view: 'threats', diagram: null, query: 'status=Open' }],
    ['#/git/local/demo%2Fshop?search=rel', { page: 'branches', ...SHOP, number: 1, search: 'rel' }],
    ['#/git/local/demo%2Fshop/main?sort=open', { page: 'models', ...MAIN, query: 'sort=open' }],
    ['#/git/local/demo%2Fshop/main?new', { page: 'new-model', ...MAIN, query: '' }],
    ['#/git/local/demo%2Fshop/main?new&from=demo', { page: 'new-model', ...MAIN, query: 'from=demo' }],
    ['#/git/local/demo%2Fshop/main?library', { page: 'library', ...MAIN, query: '' }],
    ['#/git/local/demo%2Fshop/main?library&tab=rules', { page: 'library', ...MAIN, query: 'tab=rules' }],
    ['#/git/local/demo%2Fshop/main/library', { page: 'model', ...MAIN, model: 'library' }],
    ['#/git/local/demo%2Fshop/main/new', { page: 'model', ...MAIN, model: 'new' }],
    ['#/git/local/demo%2Fshop/main/m/edit/threats?threat=12', { page: 'edit', ...M, ...THREATS, query: 'threat=12' }],
    ['#/git/local/demo%2Fshop/main/m/edit/about', { page: 'edit', ...M, view: 'about', diagram: null, query: '' }],
    ['#/git/local/demo%2Fshop/main/m/history', { page: 'history', ...M, number: 1 }],
    ['#/git/local/demo%2Fshop/main/m/history?page=2', { page: 'history', ...M, number: 2 }],
    [
      `#/git/local/demo%2Fshop/main/m/history?chosen=${'a'.repeat(40)}..`,
      { page: 'history', ...M, number: 1, chosen: `${'a'.repeat(40)}..` },
    ],
    [`#/git/local/demo%2Fshop/main/m/history/${OLD}`, { page: 'version', ...M, commit: OLD, diagram: null }],
    [`#/git/local/demo%2Fshop/main/m/history/${OLD}/3`, { page: 'version', ...M, commit: OLD, diagram: 3 }],
    [
      `#/git/local/demo%2Fshop/main/m/compare/${OLD}/${NEW}/0`,
      { page: 'comparison', ...M, from: OLD, to: NEW, diagram: 0 },
    ],
  ];

  test.each(places)('%s is read', (address, place) => {
    expect(parsePlace(address)).toEqual(place);
  });

  test.each(places)('%s is written', (address, place) => {
    expect(href(place)).toBe(address);
  });
});

test.each(['', '#', '#/?page=0', '#/?page=-1', '#/?page=1e3', '#/?page=99999999999', '#/?page=x'])(
  '"%s" is the first page of repositories',
  (address) => {
    expect(parsePlace(address)).toEqual(HOME);
  },
);

test('the code of a sign-in is read', () => {
  expect(parsePlace('#/oauth-return?code=aB_9-')).toEqual({ page: 'sign-in-return', code: 'aB_9-' });
  expect(parsePlace('#/oauth-return')).toEqual({ page: 'sign-in-return', code: '' });
});

test('another diagram, page or search is the same subject', () => {
  const same: [string, string][] = [
    ['#/file', '#/file/3'],
    ['#/git/local/a%2Fb/main/m/edit', '#/git/local/a%2Fb/main/m/edit/3'],
    ['#/git/local/a%2Fb/main/m/edit/threats?status=Open', '#/git/local/a%2Fb/main/m/edit/3'],
    ['#/?page=2&search=x', '#/'],
  ];
  for (const [one, other] of same) expect(subjectOf(parsePlace(one))).toBe(subjectOf(parsePlace(other)));
  const [read, edit] = ['#/git/local/a%2Fb/main/m', '#/git/local/a%2Fb/main/m/edit'].map(parsePlace);
  expect(read && subjectOf(read)).not.toBe(edit && subjectOf(edit));
});

test.each([
  '#/nowhere',
  '#/file/',
  '#/file/x',
  '#/file/01',
  '#/file/-1',
  '#/file/1/2',
  '#/file/1e3',
  '#/git/local/demo%2Fshop/main/m/edit/',
  '#/git/local/demo%2Fshop/main/m/edit/x',
  '#/git/local/demo%2Fshop/main/m/edit/999999999999999999999',
  '#/git/local/demo%2Fshop/main/m/edit/1/2',
  '#/git/local/demo%2Fshop/main/m/report',
  '#/git/local/demo%2Fshop/main/m/edit/threats/1',
  '#/git/local/demo%2Fshop/main/m/edit/constructor',
  '#/git/local/demo%2Fshop/main/m/history/main',
  `#/git/local/demo%2Fshop/main/m/history/${OLD}/x`,
  `#/git/local/demo%2Fshop/main/m/history/${OLD}/1/2`,
  `#/git/local/demo%2Fshop/main/m/compare/${OLD}`,
  `#/git/local/demo%2Fshop/main/m/compare/${OLD}/${NEW}/1/2`,
  '#git/local/demo%2Fshop',
  '#/git',
  '#/git/local',
  '#/git/local/',
  '#/git/elsewhere/demo%2Fshop',
  '#/git/constructor/demo%2Fshop',
  '#/git/GitHub/demo%2Fshop',
  '#/git/local/demo',
  '#/git/local/demo%2Fshop//m',
  '#/git/local/demo%2Fshop/main/m/more',
  '#/git/gitlab/acme/payments/shop',
  '#/git/gitlab/acme%2F%2Fshop',
  '#/git/local/demo%2Fshop/%E0%A4%A/m',
  '#/git/local/demo%2Fshop/main/..',
  '#/git/local/demo%2Fshop/%2e%2E/m',
  '#/git/local/..%2F../main',
  '#/git/local/demo%2F/main',
  '#/git/local/demo%2Fshop/a%2F..%2Fb/m',
])('%s is no page', (address) => {
  expect(parsePlace(address)).toEqual({ page: 'unknown' });
});
