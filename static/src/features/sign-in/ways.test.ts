import { expect, test } from 'vitest';
import type { ServerConfig } from '../../api/calls.ts';
import type { Provider } from '../../providers.ts';
import { waysToSignIn } from './ways.ts';

const NOTHING: ServerConfig = {
  githubEnabled: false,
  gitlabEnabled: false,
  bitbucketEnabled: false,
  localEnabled: false,
  localPassword: false,
  allowedLocales: [],
  defaultLocale: 'en',
};
const BOTH: ServerConfig = { ...NOTHING, githubEnabled: true, localEnabled: true, localPassword: true };
const ALL: ServerConfig = { ...BOTH, gitlabEnabled: true, bitbucketEnabled: true };

test.each<[string, ServerConfig, Provider | undefined, [Provider, boolean][]]>([
  [
    'GitHub comes first',
    BOTH,
    undefined,
    [
      ['github', false],
      ['local', true],
    ],
  ],
  [
    'the local repositories of an owner need no password',
    { ...NOTHING, localEnabled: true },
    undefined,
    [['local', false]],
  ],
  [
    'all there is',
    ALL,
    undefined,
    [
      ['github', false],
      ['gitlab', false],
      ['bitbucket', false],
      ['local', true],
    ],
  ],
  ['GitLab alone', { ...NOTHING, gitlabEnabled: true }, undefined, [['gitlab', false]]],
  ['Bitbucket alone', { ...NOTHING, bitbucketEnabled: true }, undefined, [['bitbucket', false]]],
  ['a page at GitLab needs GitLab', ALL, 'gitlab', [['gitlab', false]]],
  ['a page at Bitbucket cannot be had without it', BOTH, 'bitbucket', []],
  ['GitHub alone', { ...NOTHING, githubEnabled: true }, undefined, [['github', false]]],
  ['a page at GitHub needs GitHub', BOTH, 'github', [['github', false]]],
  ['a page on the server needs the server', BOTH, 'local', [['local', true]]],
  ['a page at GitHub cannot be had without it', { ...NOTHING, localEnabled: true }, 'github', []],
  ['nothing is offered', NOTHING, undefined, []],
])('%s', (_, offered, wanted, ways) => {
  expect(waysToSignIn(offered, wanted)).toEqual(ways.map(([provider, password]) => ({ provider, password })));
});
