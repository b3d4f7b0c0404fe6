/// Where a model is kept: with a provider, or in a file of this computer.
import { Problem } from '../../api/problem.ts';
import { t } from '../../i18n/translate.svelte.ts';
import type { Document } from '../../model/document.ts';
import type { ModelAddress } from '../../routes.ts';
import { documentOf } from './reading.ts';

/** A model's text there, and its version; files of this computer have none. */
export interface Version {
  readonly text: string;
  readonly version: string;
}

/** What a save has made. */
export interface Saved extends Version {
  /** Whether others' changes are in it too. */
  readonly merged: boolean;
  /** What was settled without asking, a sentence each. */
  readonly notes: readonly string[];
  /** The commit that it is in, for what is kept in git. */
  readonly commit?: string;
}

/** The code of the problem that what was saved is not known here. */
export const UNREAD = 'savedUnread';

/** It is saved, but the answer does not say what has become of it there. */
export function savedUnread(): Problem {
  return new Problem(0, t('edit.unread-heading'), t('edit.unread-detail'), { code: UNREAD });
}

/** What is there already, as if it had been saved and merged just now. */
export function asMerged(version: Version): Saved {
  return { ...version, merged: true, notes: [] };
}

/** What has been saved. @throws {Problem} */
export function understood(text: string): Document {
  try {
    return documentOf(text);
  } catch {
    throw savedUnread();
  }
}

export interface Home {
  /** Tells the drafts of one model and person from all others. */
  readonly key: string;
  /** What its file is called. */
  readonly fileName: string;
  /** Its address with a provider; null for a file of this computer. */
  readonly at: ModelAddress | null;
  /** Where it is, from the outside inwards. */
  readonly where: readonly string[];
  /** Whether it can be read again after the page is gone. */
  readonly lasts: boolean;
  /** The file's handle, for the draft to keep. */
  readonly handle?: FileSystemFileHandle | null;
  read(): Promise<Version>;
  /**
   * Saves what was made from `base`, with what the person says about it; null when they have changed their mind.
   * @throws {Problem}
   */
  save(text: string, base: Version, message?: string): Promise<Saved | null>;
}
