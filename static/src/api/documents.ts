/// The server's calls about a model that is sent along, wherever it is kept: nothing of it is stored.
import { modelIn } from './envelope.ts';
import type { Change } from './history.ts';
import { path, type DataOf } from './path.ts';
import { sendExact, type Schema } from './server.ts';

/** Something that a check has found. */
export type Finding = Schema<'Finding'>;

/** What the checks find in a model: the first two thousand. */
export async function findings(text: string, signal?: AbortSignal): Promise<readonly Finding[]> {
  const { text: answer } = await sendExact('post', path('/api/documents/check', {}), text, {}, signal);
  return (JSON.parse(answer) as { data: DataOf<'post', '/api/documents/check'> }).data.findings;
}

/** A model of version 1 of the format in version 2, as its text. @throws {Problem} */
export async function upgraded(text: string, signal?: AbortSignal): Promise<string> {
  const { text: answer } = await sendExact('post', path('/api/documents/upgrade', {}), text, {}, signal);
  return modelIn(answer);
}

/** What is different between two texts of a model. */
export async function differences(before: string, after: string, signal?: AbortSignal): Promise<readonly Change[]> {
  const body = `{"before":${before},"after":${after}}`;
  const { text } = await sendExact('post', path('/api/documents/diff', {}), body, {}, signal);
  return (JSON.parse(text) as { data: DataOf<'post', '/api/documents/diff'> }).data.changes;
}

/**
 * What has been made of `base` on two sides, merged: the server's answer as it came, in which the merged model stands
 * exactly. @throws {Problem}
 */
export async function mergeAnswer(base: string, ours: string, theirs: string, signal?: AbortSignal): Promise<string> {
  const body = `{"base":${base},"ours":${ours},"theirs":${theirs}}`;
  return (await sendExact('post', path('/api/documents/merge', {}), body, {}, signal)).text;
}
