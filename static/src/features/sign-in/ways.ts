/// Which ways to sign in a person is offered.
import type { ServerConfig } from '../../api/calls.ts';
import { type Provider, PROVIDERS } from '../../providers.ts';

export interface Way {
  provider: Provider;
  /** Whether the page itself asks for a user name and a password. */
  password: boolean;
}

/** What the server offers, in our order; only what leads to the `wanted` provider, where there is one. */
export function waysToSignIn(offered: ServerConfig, wanted?: Provider): Way[] {
  return (Object.keys(PROVIDERS) as Provider[])
    .filter((provider) => offered[`${provider}Enabled` as const] && (wanted ?? provider) === provider)
    .map((provider) => ({ provider, password: provider === 'local' && offered.localPassword }));
}
