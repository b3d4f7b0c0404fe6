/// The providers of repositories that people can sign in to, and what this page calls them.
import { t } from './i18n/translate.svelte.ts';

export type Provider = 'github' | 'gitlab' | 'bitbucket' | 'local';

interface Words {
  /** As in "Signed in as ada, GitHub". */
  readonly name: string;
  /** On the button that begins to sign in. */
  readonly signIn: string;
  /** As in "There are no repositories at GitHub". */
  readonly at: string;
  /** Why a repository may not be listed; the local ones are named by whoever starts the server. */
  readonly listed?: string;
}

/** The names of the hosts are the same in every language. */
function host(provider: Exclude<Provider, 'local'>, name: string): Words {
  return {
    name,
    get signIn() {
      return t('sign-in.host', { name });
    },
    get at() {
      return t('sign-in.at-host', { name });
    },
    get listed() {
      return t(`sign-in.listed-${provider}`);
    },
  };
}

/** In the order in which they are offered. */
export const PROVIDERS: Readonly<Record<Provider, Words>> = {
  github: host('github', 'GitHub'),
  gitlab: host('gitlab', 'GitLab'),
  bitbucket: host('bitbucket', 'Bitbucket'),
  local: {
    get name() {
      return t('sign-in.local-name');
    },
    get signIn() {
      return t('sign-in.local');
    },
    get at() {
      return t('sign-in.at-local');
    },
  },
};

export function isProvider(name: string | undefined): name is Provider {
  return name !== undefined && Object.hasOwn(PROVIDERS, name);
}
