/// What somebody has looked at lately, kept in this browser for each person.
import { session } from '../../api/calls.ts';
import { Problem } from '../../api/problem.ts';
import type { Person } from '../../api/session.svelte.ts';
import { keep as remember, recall } from '../../kept.ts';
import { href, parsePlace, type ModelAddress } from '../../routes.ts';

/** How many are remembered of each kind. */
const KEPT = 8;

interface Recent {
  /** The newest first. */
  readonly models: readonly ModelAddress[];
  readonly repositories: readonly string[];
}

const NOTHING: Recent = { models: [], repositories: [] };

/** What is remembered of a person; the newest first. */
export function recent(person: Person): Recent {
  try {
    const found = JSON.parse(recall(nameOf(person)) ?? '{}') as Record<string, unknown>;
    return {
      models: texts(found['models']).flatMap((address) => modelOf(address, person) ?? []),
      repositories: texts(found['repositories']),
    };
  } catch {
    return NOTHING;
  }
}

/** Remembers a model that could be read; forgets one that is not there any more. */
export async function rememberingModel<T>(at: ModelAddress, read: Promise<T>): Promise<T> {
  const address = addressOf(at);
  const same = (other: ModelAddress) => addressOf(other) === address;
  return watched(read, (known, there) => ({
    ...known,
    models: [...(there ? [at] : []), ...known.models.filter((other) => !same(other))],
  }));
}

/** The same for a repository. */
export async function rememberingRepository<T>(name: string, read: Promise<T>): Promise<T> {
  return watched(read, (known, there) => ({
    models: there ? known.models : known.models.filter(({ repository }) => repository !== name),
    repositories: [...(there ? [name] : []), ...known.repositories.filter((other) => other !== name)],
  }));
}

async function watched<T>(read: Promise<T>, after: (known: Recent, there: boolean) => Recent): Promise<T> {
  const { person } = session;
  const note = (there: boolean) => person && keep(person, after(recent(person), there));
  try {
    const value = await read;
    note(true);
    return value;
  } catch (thrown) {
    if (thrown instanceof Problem && thrown.status === 404) note(false);
    throw thrown;
  }
}

function keep(person: Person, { models, repositories }: Recent): void {
  const kept = { models: models.slice(0, KEPT).map(addressOf), repositories: repositories.slice(0, KEPT) };
  remember(nameOf(person), JSON.stringify(kept));
}

function nameOf({ provider, username }: Person): string {
  return `recent ${provider} ${username}`;
}

function addressOf({ provider, repository, branch, model }: ModelAddress): string {
  return href({ page: 'model', provider, repository, branch, model });
}

function modelOf(address: string, { provider }: Person): ModelAddress | null {
  const place = parsePlace(address);
  return place.page === 'model' && place.provider === provider ? place : null;
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
