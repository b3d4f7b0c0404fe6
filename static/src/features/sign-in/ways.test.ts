import { expect, test } from 'vitest';
import type { ServerConfig } from '../../api/calls.ts';
import type { Provider } from '../../providers.ts';
import { waysToSignIn } from './ways.ts';

const NOTHING: ServerConfig = { githubEnabled: false, localEnabled: false, localPassword: false };
const BOTH: ServerConfig = { githubEnabled: true, localEnabled: true, localPassword: true };

test.each<[string, ServerConfig, Provider | undefined, [Provider, boolean][]]>([
  ['GitHub comes first', BOTH, undefined, [['github', false], ['local', true]]],
  ['the local repositories of an owner need no password', { ...NOTHING, localEnabled: true }, undefined, [['local', false]]],
  ['GitHub alone', { ...NOTHING, githubEnabled: true }, undefined, [['github', false]]],
  ['a page at GitHub needs GitHub', BOTH, 'github', [['github', false]]],
  ['a page on the server needs the server', BOTH, 'local', [['local', true]]],
  ['a page at GitHub cannot be had without it', { ...NOTHING, localEnabled: true }, 'github', []],
  ['nothing is offered', NOTHING, undefined, []],
])('%s', (_, offered, wanted, ways) => {
  expect(waysToSignIn(offered, wanted)).toEqual(ways.map(([provider, password]) => ({ provider, password })));
});
