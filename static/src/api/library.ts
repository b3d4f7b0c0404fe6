/// The server's calls about what a branch brings to take from: threats, mitigations and templates.
import { path, type DataOf } from './path.ts';
import { get, inBranch, peek } from './server.ts';

/** The threats and mitigations of a branch, those of the repositories that it names, and those that are built in. */
export type Library = DataOf<'get', '/api/threatmodel/{organisation}/{repo}/{branch}/library'>;

/** The rules by which threats are suggested on a branch. */
export type Rules = DataOf<'get', '/api/threatmodel/{organisation}/{repo}/{branch}/rules'>;

/** @throws {Problem} */
export function rules(repository: string, branch: string, signal?: AbortSignal): Promise<Rules> {
  return get(path('/api/threatmodel/{organisation}/{repo}/{branch}/rules', inBranch(repository, branch)), signal);
}

/** The methodologies that the packs of a branch define. Ends no session. @throws {Problem} */
export async function ownMethodologies(
  repository: string,
  branch: string,
  signal?: AbortSignal,
): Promise<Rules['methodologies']> {
  const address = path('/api/threatmodel/{organisation}/{repo}/{branch}/rules', inBranch(repository, branch));
  const { text } = await peek(address, {}, signal);
  return (JSON.parse(text) as { data: Rules }).data.methodologies;
}

/** Ends no session: somebody may be at work. @throws {Problem} */
export async function library(repository: string, branch: string, signal?: AbortSignal): Promise<Library> {
  const address = path('/api/threatmodel/{organisation}/{repo}/{branch}/library', inBranch(repository, branch));
  const { text } = await peek(address, {}, signal);
  return (JSON.parse(text) as { data: Library }).data;
}

/** Models to begin with, and diagrams to put into models. */
export type Templates = DataOf<'get', '/api/threatmodel/{organisation}/{repo}/{branch}/templates'>;

export type Template = Templates['templates'][number];

/** Ends no session. @throws {Problem} */
export async function templates(repository: string, branch: string, signal?: AbortSignal): Promise<Templates> {
  const address = path('/api/threatmodel/{organisation}/{repo}/{branch}/templates', inBranch(repository, branch));
  const { text } = await peek(address, {}, signal);
  return (JSON.parse(text) as { data: Templates }).data;
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
  return (await peek(address, {}, signal)).text;
}
