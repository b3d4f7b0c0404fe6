/// The server's calls that ask the rules for threats of a model as it is now: nothing of it is stored.
import type { ModelAddress } from '../routes.ts';
import { path, type DataOf } from './path.ts';
import { ofModel, sendExact } from './server.ts';

/** What the rules offer: the first of it, where it is very much. */
export type Suggestions = DataOf<'post', '/api/documents/suggest'>;

/** A threat that a rule offers for an element. */
export type Suggestion = Suggestions['suggestions'][number];

/** What is wrong in a file of rules. */
export type PackFault = Suggestions['faults'][number];

/** What the rules are asked about: null for all diagrams, and for all elements. */
export interface Scope {
  readonly diagram: number | null;
  readonly elements: readonly string[] | null;
}

/**
 * What the rules offer for a model that has this text: those of the repository that it is kept in, too; for a file of
 * this computer there is none. @throws {Problem}
 */
export async function suggestions(
  at: ModelAddress | null,
  text: string,
  { diagram, elements }: Scope,
  signal?: AbortSignal,
): Promise<Suggestions> {
  const members = Object.entries({ diagram, elements }).filter(([, value]) => value !== null);
  const asked = members.map(([key, value]) => `,"${key}":${JSON.stringify(value)}`).join('');
  const address = at
    ? path('/api/threatmodel/{organisation}/{repo}/{branch}/{model}/suggest', ofModel(at))
    : path('/api/documents/suggest', {});
  const { text: answer } = await sendExact('post', address, `{"document":${text}${asked}}`, {}, signal);
  return (JSON.parse(answer) as { data: Suggestions }).data;
}
