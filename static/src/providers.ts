/// The providers of repositories that people can sign in to, and what this page calls them.

export type Provider = 'github' | 'local';

interface Words {
  /** As in "Signed in as ada, GitHub". */
  name: string;
  /** On the button that begins to sign in. */
  signIn: string;
  /** As in "There are no repositories at GitHub". */
  at: string;
}

/** In the order in which they are offered. */
export const PROVIDERS: Readonly<Record<Provider, Words>> = {
  github: { name: 'GitHub', signIn: 'Sign in with GitHub', at: 'at GitHub' },
  local: { name: 'This server', signIn: 'Open the repositories on this server', at: 'on this server' },
};

export function isProvider(name: string | undefined): name is Provider {
  return name !== undefined && Object.hasOwn(PROVIDERS, name);
}
