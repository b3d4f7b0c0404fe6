/// Branches that were made here to save in, and the page of the host that opens a pull request for one of them.
import { webAddress } from '../../api/calls.ts';
import type { Provider } from '../../providers.ts';
import type { ModelAddress } from '../../routes.ts';

type Branch = Pick<ModelAddress, 'provider' | 'repository' | 'branch'>;

/** By branch, the one that it was made from; until the page is loaded anew. */
const made = new Map<string, string>();

/** Those in which a model was saved whole, without what others had saved. */
const whole = new Set<string>();

const nameOf = ({ provider, repository, branch }: Branch) => JSON.stringify([provider, repository, branch]);

export function noteMade(branch: Branch, base: string): void {
  made.set(nameOf(branch), base);
}

export function noteWhole(branch: Branch): void {
  whole.add(nameOf(branch));
}

/** The branch from which one was made that has the model without what others had saved in it; null for all else. */
export function lacking(branch: Branch): string | null {
  return whole.has(nameOf(branch)) ? (made.get(nameOf(branch)) ?? null) : null;
}

/** What asks for the pull request of a branch that was made here; null where there is none, or it cannot be told. */
export async function pullRequestFor(branch: Branch): Promise<string | null> {
  const base = made.get(nameOf(branch));
  const page = base !== undefined && PAGES[branch.provider];
  if (!page) return null;
  const web = await webAddress(branch.provider).catch(() => null);
  return web && `${web}/${segments(branch.repository)}/${page(branch.branch, base)}`;
}

const PAGES: Record<Provider, ((branch: string, base: string) => string) | null> = {
  local: null,
  github: (branch, base) => `compare/${segments(base)}...${segments(branch)}?expand=1`,
  gitlab: (branch, base) =>
    `-/merge_requests/new?${new URLSearchParams({
      'merge_request[source_branch]': branch,
      'merge_request[target_branch]': base,
    })}`,
  bitbucket: (source, dest) => `pull-requests/new?${new URLSearchParams({ source, dest })}`,
};

/** A name whose slashes stay slashes. */
function segments(name: string): string {
  return name.split('/').map(encodeURIComponent).join('/');
}
