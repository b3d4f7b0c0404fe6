import { afterEach, expect, test, vi } from 'vitest';
import type { Provider } from '../../providers.ts';
import { noteMade, pullRequestFor } from './pull-request.ts';

afterEach(() => vi.unstubAllGlobals());

function serving(answer: object | null) {
  vi.stubGlobal('fetch', async () => Response.json(answer, { status: answer ? 200 : 404 }));
}

const HOST = { protocol: 'https', hostname: 'git.example.com', port: '' };
const branchOf = (provider: Provider) => ({ provider, repository: 'acme/eu/shop', branch: 'fix/50%&c' });

test.each([
  ['github', 'compare/release/1.0...fix/50%25%26c?expand=1'],
  [
    'gitlab',
    '-/merge_requests/new?merge_request%5Bsource_branch%5D=fix%2F50%25%26c&merge_request%5Btarget_branch%5D=release%2F1.0',
  ],
  ['bitbucket', 'pull-requests/new?source=fix%2F50%25%26c&dest=release%2F1.0'],
] as const)('%s opens a pull request for a branch that was made here', async (provider, page) => {
  serving(HOST);
  noteMade(branchOf(provider), 'release/1.0');
  expect(await pullRequestFor(branchOf(provider))).toBe(`https://git.example.com/acme/eu/shop/${page}`);
});

test('the port of a host counts', async () => {
  serving({ ...HOST, port: '8443' });
  noteMade(branchOf('github'), 'main');
  expect(await pullRequestFor(branchOf('github'))).toMatch(/^https:\/\/git\.example\.com:8443\//);
});

test('nothing is offered for a branch that was there before, on this server, or of a host that is not known', async () => {
  serving(HOST);
  expect(await pullRequestFor({ ...branchOf('github'), branch: 'main' })).toBeNull();
  noteMade(branchOf('local'), 'main');
  expect(await pullRequestFor(branchOf('local'))).toBeNull();
  noteMade(branchOf('gitlab'), 'main');
  serving(null);
  expect(await pullRequestFor(branchOf('gitlab'))).toBeNull();
  serving({ ...HOST, protocol: 'javascript' });
  expect(await pullRequestFor(branchOf('gitlab'))).toBeNull();
});
