/// The server's calls about what a branch brings to take from: threats, mitigations and templates.
import { path, type DataOf } from './path.ts';
import { get, inBranch } from './server.ts';

/** The threats and mitigations of a branch, those of the repositories that it names, and those that are built in. */
export type Library = DataOf<'get', '/api/threatmodel/{organisation}/{repo}/{branch}/library'>;

export function library(repository: string, branch: string, signal?: AbortSignal): Promise<Library> {
  return get(path('/api/threatmodel/{organisation}/{repo}/{branch}/library', inBranch(repository, branch)), signal);
}
