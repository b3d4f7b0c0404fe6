/// The server's calls about a model that is sent along, wherever it is kept: nothing of it is stored.
import { modelIn } from './envelope.ts';
import type { Change } from './history.ts';
import { client } from './server.ts';
import type { Subject } from './subject.ts';

/** Something that a check has found. */
export interface Finding {
  /** The rule's stable id. */
  readonly rule: string;
  /** The rule in a few words. */
  readonly name: string;
  readonly level: 'error' | 'warning' | 'note';
  readonly message: string;
  readonly subject: Subject;
  /** Where it is (RFC 6901). */
  readonly pointer: string;
}

/** What the checks find in a model. */
export async function findings(text: string, signal?: AbortSignal): Promise<readonly Finding[]> {
  const { text: answer } = await client.sendExact('POST', '/api/documents/check', text, {}, signal);
  return (JSON.parse(answer) as { data: { findings: readonly Finding[] } }).data.findings;
}

/** A model of version 1 of the format in version 2, as its text. @throws {Problem} */
export async function upgraded(text: string, signal?: AbortSignal): Promise<string> {
  const { text: answer } = await client.sendExact('POST', '/api/documents/upgrade', text, {}, signal);
  return modelIn(answer);
}

/** What is different between two texts of a model. */
export async function differences(before: string, after: string, signal?: AbortSignal): Promise<readonly Change[]> {
  const body = `{"before":${before},"after":${after}}`;
  const { text } = await client.sendExact('POST', '/api/documents/diff', body, {}, signal);
  return (JSON.parse(text) as { data: { changes: readonly Change[] } }).data.changes;
}
