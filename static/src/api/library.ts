/// The server's calls about what a branch brings to take from: threats, mitigations and templates.
import { path, type DataOf } from './path.ts';
import { get, getExact, inBranch } from './server.ts';

/** The threats and mitigations of a branch, those of the repositories that it names, and those that are built in. */
export type Library = DataOf<'get', '/api/threatmodel/{organisation}/{repo}/{branch}/library'>;

export function library(repository: string, branch: string, signal?: AbortSignal): Promise<Library> {
  return get(path('/api/threatmodel/{organisation}/{repo}/{branch}/library', inBranch(repository, branch)), signal);
}

/** Models to begin with, and diagrams to put into models. */
export type Templates = DataOf<'get', '/api/threatmodel/{organisation}/{repo}/{branch}/templates'>;

export type Template = Templates['templates'][number];

export function templates(repository: string, branch: string, signal?: AbortSignal): Promise<Templates> {
  return get(path('/api/threatmodel/{organisation}/{repo}/{branch}/templates', inBranch(repository, branch)), signal);
}

/** The whole answer about a template, in which its model or diagram stands as its file has it. @throws {Problem} */
export async function templateAnswer(
  repository: string,
  branch: string,
  id: string,
  signal?: AbortSignal,
): Promise<string> {
  const address = path('/api/threatmodel/{organisation}/{repo}/{branch}/template', inBranch(repository, branch), {
    id,
  });
  return (await getExact(address, signal)).text;
}
