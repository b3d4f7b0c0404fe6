/// The providers of repositories that people can sign in to, and what this page calls them.

export type Provider = 'github' | 'gitlab' | 'bitbucket' | 'local';

interface Words {
  /** As in "Signed in as ada, GitHub". */
  name: string;
  /** On the button that begins to sign in. */
  signIn: string;
  /** As in "There are no repositories at GitHub". */
  at: string;
  /** Why a repository may not be listed; the local ones are named by whoever starts the server. */
  listed?: string;
}

/** In the order in which they are offered. */
export const PROVIDERS: Readonly<Record<Provider, Words>> = {
  github: {
    name: 'GitHub',
    signIn: 'Sign in with GitHub',
    at: 'at GitHub',
    listed: 'Only those that you can read are listed. An organisation may have to allow this app first.',
  },
  gitlab: {
    name: 'GitLab',
    signIn: 'Sign in with GitLab',
    at: 'at GitLab',
    listed: 'Only projects that you are a member of are listed, by themselves or through a group.',
  },
  bitbucket: {
    name: 'Bitbucket',
    signIn: 'Sign in with Bitbucket',
    at: 'at Bitbucket',
    listed: 'Only those in workspaces that you are a member of are listed.',
  },
  local: { name: 'This server', signIn: 'Open the repositories on this server', at: 'on this server' },
};

export function isProvider(name: string | undefined): name is Provider {
  return name !== undefined && Object.hasOwn(PROVIDERS, name);
}
