/// The places of the app and their addresses.
///
/// The address is the part behind `#`, because the server's sign-in ends at `/#/oauth-return`.
/// Deep links have the shape that Threat Dragon's have, so links people already keep go on working:
/// `#/git/<provider>/<owner%2Fname>/<branch>/<model>/edit/<diagram>`. Each name is one segment, so that the
/// groups of a repository, the branch and the model are told apart however many slashes are in them.
import { isProvider, type Provider } from './providers.ts';

/** A model of a provider. `repository` is `owner/name`, in groups of any depth. */
export interface ModelAddress {
  provider: Provider;
  repository: string;
  branch: string;
  model: string;
}

/** A place one can link to. A page number starts at 1; a diagram is told by its id, null for the first. */
export type Destination =
  | { page: 'repositories'; number: number; search: string }
  | { page: 'branches'; provider: Provider; repository: string; number: number }
  | { page: 'models'; provider: Provider; repository: string; branch: string }
  | ({ page: 'model' } & ModelAddress)
  | ({ page: 'edit'; diagram: number | null } & ModelAddress)
  | { page: 'file'; diagram: number | null };

/** Where a person can be. */
export type Place = Destination | { page: 'sign-in-return'; code: string } | { page: 'unknown' };

export const HOME: Destination = { page: 'repositories', number: 1, search: '' };

/** Reads an address such as `#/git/local/demo%2Fshop/main`; what cannot be read is `unknown`. */
export function parsePlace(hash: string): Place {
  const [path = '', query = ''] = split(hash.replace(/^#/, ''), '?');
  const parameters = new URLSearchParams(query);
  if (path === '' || path === '/') {
    return {
      page: 'repositories',
      number: pageNumber(parameters),
      search: parameters.get('search') ?? '',
    };
  }
  // Where the server sends people who sign in with a password; signed in, they are home.
  if (path === '/sign-in/local') return HOME;
  if (path === '/oauth-return') {
    return { page: 'sign-in-return', code: parameters.get('code') ?? '' };
  }
  return parseFilePlace(path) ?? parseGitPlace(path, parameters) ?? { page: 'unknown' };
}

/**
 * What a place is about, as a word to compare: while only the page number, the search or the diagram
 * changes, it is the same.
 */
export function subjectOf(place: Place): string {
  return JSON.stringify({ ...place, number: 0, search: '', diagram: 0 });
}

/** The address of a place, ready for `href`. */
export function href(place: Destination): string {
  switch (place.page) {
    case 'repositories':
      return `#/${query({ page: place.number, search: place.search })}`;
    case 'branches':
      return gitAddress(place.provider, place.repository) + query({ page: place.number });
    case 'models':
      return gitAddress(place.provider, place.repository, place.branch);
    case 'model':
      return gitAddress(place.provider, place.repository, place.branch, place.model);
    case 'edit':
      return [gitAddress(place.provider, place.repository, place.branch, place.model), 'edit', place.diagram ?? []]
        .flat()
        .join('/');
    case 'file':
      return place.diagram === null ? '#/file' : `#/file/${place.diagram}`;
  }
}

function parseFilePlace(path: string): Place | null {
  const [empty, file, id, ...rest] = path.split('/');
  const diagram = diagramId(id);
  if (empty !== '' || file !== 'file' || diagram === undefined || rest.length > 0) return null;
  return { page: 'file', diagram };
}

function parseGitPlace(path: string, parameters: URLSearchParams): Place | null {
  const [empty, git, provider, ...encoded] = path.split('/');
  if (empty !== '' || git !== 'git' || !isProvider(provider)) return null;
  const names = encoded.map(decodeName);
  if (!names.every((name) => name !== null)) return null;
  const [repository, branch, model, edit, id, ...rest] = names;
  if (repository === undefined || !isRepository(repository) || rest.length > 0) return null;
  if (branch === undefined) {
    return { page: 'branches', provider, repository, number: pageNumber(parameters) };
  }
  if (model === undefined) return { page: 'models', provider, repository, branch };
  if (edit === undefined) return { page: 'model', provider, repository, branch, model };
  const diagram = diagramId(id);
  if (edit !== 'edit' || diagram === undefined) return null;
  return { page: 'edit', provider, repository, branch, model, diagram };
}

/** The id of a diagram in an address; null when there is none, undefined when it cannot be one. */
function diagramId(segment: string | undefined): number | null | undefined {
  if (segment === undefined) return null;
  return /^(0|[1-9]\d{0,19})$/.test(segment) ? Number(segment) : undefined;
}

/**
 * One decoded segment, or null when it cannot be a name. `.` and `..` are refused because a
 * browser folds them, even percent-encoded, and would call another address of the API.
 */
function decodeName(segment: string): string | null {
  try {
    const name = decodeURIComponent(segment);
    return name === '' || name.split('/').some((part) => /^\.{0,2}$/.test(part)) ? null : name;
  } catch {
    return null;
  }
}

function isRepository(name: string): boolean {
  return name.includes('/');
}

function pageNumber(parameters: URLSearchParams): number {
  const text = parameters.get('page') ?? '1';
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 1;
}

function gitAddress(provider: Provider, ...names: string[]): string {
  return ['#', 'git', provider, ...names.map(encodeURIComponent)].join('/');
}

/** `?page=2&search=x`, without what is at its default. */
function query({ page, search = '' }: { page: number; search?: string }): string {
  const parameters = new URLSearchParams();
  if (page > 1) parameters.set('page', String(page));
  if (search !== '') parameters.set('search', search);
  return parameters.size > 0 ? `?${parameters}` : '';
}

function split(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
