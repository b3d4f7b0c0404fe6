/// A model that is kept with a provider: a save is a commit, and is merged with what others have saved.
import { modelText, saveModel } from '../../api/calls.ts';
import type { Person } from '../../api/session.svelte.ts';
import { asBoolean, asText, get, items, type Json } from '../../model/json/node.ts';
import { parse } from '../../model/json/parse.ts';
import type { ModelAddress } from '../../routes.ts';
import { savedUnread, type Home, type Saved, type Version } from './home.ts';
import { within } from './merging.ts';
import { draftKey } from './provider-drafts.ts';

export class ProviderHome implements Home {
  readonly key: string;
  readonly fileName: string;
  readonly where: readonly string[];
  readonly lasts = true;
  readonly at: ModelAddress;

  /** `key`: of the draft that this tab has of it; the first tab's when it is not said. */
  constructor(at: ModelAddress, person: Person, key = draftKey(at, person)) {
    this.at = at;
    this.key = key;
    this.fileName = `${at.model}.json`;
    this.where = [at.repository, at.branch, this.fileName];
  }

  read(signal?: AbortSignal): Promise<Version> {
    return modelText(this.at, signal);
  }

  async save(text: string, base: Version, message?: string): Promise<Saved> {
    const answer = await saveModel(this.at, text, base.version, message);
    const root = answerOf(answer.text);
    const merged = get(root, 'data');
    const notes = items(get(root, 'notes')).flatMap((note) => asText(note) ?? []);
    const commit = asText(get(root, 'commit')) ?? '';
    const told = { version: answer.version, notes, commit };
    if (merged === undefined || !asBoolean(get(root, 'merged'))) return { ...told, text, merged: false };
    return { ...told, text: within(text, merged.raw), merged: true };
  }
}

/** What has been saved is saved, whether or not it is understood. */
function answerOf(text: string): Json {
  try {
    return parse(text).root;
  } catch {
    throw savedUnread();
  }
}
