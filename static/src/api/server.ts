/// The server as this page calls it: one session, one client, and the addresses of what is in repositories.
import { t } from '../i18n/translate.svelte.ts';
import type { ModelAddress } from '../routes.ts';
import { Client } from './client.ts';
import { Problem } from './problem.ts';
import { Session } from './session.svelte.ts';

export const session = new Session(new BroadcastChannel('wyvern.session'));
export const client = new Client(session, (input, init) => window.fetch(input, init));

/** Which page of a listing there is around one. */
export interface Pagination {
  next: boolean;
  prev: boolean;
}

export function modelPath({ repository, branch, model }: ModelAddress): string {
  return repositoryPath(repository, branch, model);
}

/** The owner ends at the first `/`; what follows is one segment, subgroups included. */
export function repositoryPath(repository: string, ...names: string[]): string {
  const slash = repository.indexOf('/');
  const segments = [repository.slice(0, slash), repository.slice(slash + 1), ...names];
  return `/api/threatmodel/${segments.map(encodeURIComponent).join('/')}`;
}

/** What the server writes around a model's text. */
const ENVELOPE = /^\{"status":\d+,"data":([^]*)\}$/;

/** The very text of the model in an answer. @throws {Problem} */
export function modelTextIn(answer: string): string {
  const found = ENVELOPE.exec(answer)?.[1];
  if (found === undefined) throw new Problem(0, t('problems.not-understood'), t('problems.not-understood-detail'));
  return found;
}
