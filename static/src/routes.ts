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

/** What of a model is worked on: a diagram, the table of all its threats, or what the model says about itself. */
export type View = 'diagram' | 'threats' | 'about';

/**
 * What of a model is shown. A diagram is told by its id, null for the first; `query` is the view's own: which
 * threats are shown, for one.
 */
export interface Shown {
  view: View;
  diagram: number | null;
  query: string;
}

/** A place one can link to. A page number starts at 1; `query` is the page's own. */
export type Destination =
  | { page: 'repositories'; number: number; search: string }
  | { page: 'branches'; provider: Provider; repository: string; number: number; search: string }
  | { page: 'models'; provider: Provider; repository: string; branch: string; query: string }
  | { page: 'new-model'; provider: Provider; repository: string; branch: string; query: string }
  | { page: 'library'; provider: Provider; repository: string; branch: string; query: string }
  | ({ page: 'model' } & ModelAddress)
  | ({ page: 'history'; number: number; chosen?: string } & ModelAddress)
  | ({ page: 'version'; commit: string; diagram: number | null } & ModelAddress)
  | ({ page: 'comparison'; from: string; to: string; diagram: number | null } & ModelAddress)
  | ({ page: 'edit' } & Shown & ModelAddress)
  | ({ page: 'file' } & Shown);

/** Where a person can be. */
export type Place = Destination | { page: 'sign-in-return'; code: string } | { page: 'unknown' };

export const HOME: Destination = { page: 'repositories', number: 1, search: '' };
/** A file of this computer. */
export const FILE: Destination = { page: 'file', view: 'diagram', diagram: null, query: '' };

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
  return parseFilePlace(path, query) ?? parseGitPlace(path, query) ?? { page: 'unknown' };
}

/**
 * What a place is about, as a word to compare: while only the page number, the search, the diagram or the
 * view changes, it is the same.
 */
export function subjectOf(place: Place): string {
  return JSON.stringify({ ...place, number: 0, search: '', chosen: '', diagram: 0, view: '', query: '' });
}

/** The address of a place, ready for `href`. */
export function href(place: Destination): string {
  switch (place.page) {
    case 'repositories':
      return `#/${query({ page: place.number, search: place.search })}`;
    case 'branches':
      return gitAddress(place.provider, place.repository) + query({ page: place.number, search: place.search });
    case 'models':
      return gitAddress(place.provider, place.repository, place.branch) + asked(place.query);
    case 'new-model':
      return gitAddress(place.provider, place.repository, place.branch) + asked(`new&${place.query}`);
    case 'library':
      return gitAddress(place.provider, place.repository, place.branch) + asked(`library&${place.query}`);
    case 'model':
      return modelAddress(place);
    case 'history':
      return `${modelAddress(place)}/history${query({ page: place.number, chosen: place.chosen ?? '' })}`;
    case 'version':
      return [modelAddress(place), 'history', place.commit, place.diagram ?? []].flat().join('/');
    case 'comparison':
      return [modelAddress(place), 'compare', place.from, place.to, place.diagram ?? []].flat().join('/');
    case 'edit':
      return `${modelAddress(place)}/edit${viewAddress(place)}`;
    case 'file':
      return `#/file${viewAddress(place)}`;
  }
}

function viewAddress({ view, diagram, query }: Shown): string {
  if (view !== 'diagram') return `/${view}${asked(query)}`;
  return (diagram === null ? '' : `/${diagram}`) + asked(query);
}

function asked(query: string): string {
  const trimmed = query.replace(/&$/, '');
  return trimmed === '' ? '' : `?${trimmed}`;
}

function parseFilePlace(path: string, query: string): Place | null {
  const [empty, file, ...rest] = path.split('/');
  const shown = parseShown(rest, query);
  return empty === '' && file === 'file' && shown ? { page: 'file', ...shown } : null;
}

function parseGitPlace(path: string, query: string): Place | null {
  const [empty, git, provider, ...encoded] = path.split('/');
  if (empty !== '' || git !== 'git' || !isProvider(provider)) return null;
  const names = encoded.map(decodeName);
  if (!names.every((name) => name !== null)) return null;
  const [repository, branch, model, ...rest] = names;
  if (repository === undefined || !isRepository(repository)) return null;
  const parameters = new URLSearchParams(query);
  if (branch === undefined) {
    const search = parameters.get('search') ?? '';
    return { page: 'branches', provider, repository, number: pageNumber(parameters), search };
  }
  if (model === undefined) return parseModels({ provider, repository, branch }, query);
  return parseModelPlace({ provider, repository, branch, model }, rest, query);
}

/** `new` begins the query of the page that makes a model, `library` that of what the branch brings. */
function parseModels(at: { provider: Provider; repository: string; branch: string }, query: string): Place {
  const [first, ...rest] = query.split('&');
  if (first === 'new') return { page: 'new-model', ...at, query: rest.join('&') };
  if (first === 'library') return { page: 'library', ...at, query: rest.join('&') };
  return { page: 'models', ...at, query };
}

function parseModelPlace(at: ModelAddress, [page, ...rest]: readonly string[], query: string): Place | null {
  const [one, two, three, ...more] = rest;
  if (page === undefined) return { page: 'model', ...at };
  if (page === 'edit') {
    const shown = parseShown(rest, query);
    return shown && { page: 'edit', ...at, ...shown };
  }
  if (page === 'history') {
    if (one === undefined) return { page: 'history', ...at, ...parsePages(new URLSearchParams(query)) };
    const diagram = diagramId(two);
    return isCommit(one) && diagram !== undefined && three === undefined
      ? { page: 'version', ...at, commit: one, diagram }
      : null;
  }
  const diagram = diagramId(three);
  if (page !== 'compare' || !isCommit(one) || !isCommit(two) || diagram === undefined || more.length > 0) return null;
  return { page: 'comparison', ...at, from: one, to: two, diagram };
}

/** The page of a history, and which versions are chosen there to be compared: two commits with `..` between. */
function parsePages(parameters: URLSearchParams): { number: number; chosen?: string } {
  const chosen = parameters.get('chosen') ?? '';
  const isChoice = chosen.split('..').every((each) => each === '' || isCommit(each));
  return { number: pageNumber(parameters), ...(chosen && isChoice ? { chosen } : {}) };
}

/** What follows `edit` or `file`. */
function parseShown([name, ...rest]: readonly string[], query: string): Shown | null {
  if (rest.length > 0) return null;
  if (name === 'threats' || name === 'about') return { view: name, diagram: null, query };
  const diagram = diagramId(name);
  return diagram === undefined ? null : { view: 'diagram', diagram, query };
}

function isCommit(name: string | undefined): name is string {
  return name !== undefined && /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(name);
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

function modelAddress({ provider, repository, branch, model }: ModelAddress): string {
  return gitAddress(provider, repository, branch, model);
}

/** `?page=2&search=x`, without what is at its default. */
function query({ page, ...words }: { page: number; search?: string; chosen?: string }): string {
  const parameters = new URLSearchParams();
  if (page > 1) parameters.set('page', String(page));
  for (const [name, value] of Object.entries(words)) if (value !== '') parameters.set(name, value);
  return parameters.size > 0 ? `?${parameters}` : '';
}

function split(text: string, mark: string): [string, string?] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
