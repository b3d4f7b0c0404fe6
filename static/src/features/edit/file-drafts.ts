/// Which draft is of the file that is opened. Files of this computer have no address, and many bear one name: they
/// are told apart by their handles, and where the browser gives none, by what is in them.
import type { Draft } from './drafts.ts';

const MARK = 'file ';

export interface OpenedFile {
  readonly fileName: string;
  readonly text: string;
  readonly handle: FileSystemFileHandle | null;
}

/** What is known of the drafts when a file is opened. */
export interface Found {
  /** The draft of this file. */
  readonly own: Draft | undefined;
  /** Without one: an unsaved draft of the same name, which may be of this file or of another. */
  readonly namesake: Draft | undefined;
}

/** The key of the drafts of one opened file. */
export function fileKey(id: string): string {
  return MARK + id;
}

export function isOfFile({ key }: Draft): boolean {
  return key.startsWith(MARK);
}

/** `drafts`: all that there are, the newest first. */
export async function draftsFor(opened: OpenedFile, drafts: readonly Draft[]): Promise<Found> {
  const unsure: Draft[] = [];
  for (const draft of drafts.filter(isOfFile)) {
    const same = await isSame(draft.handle, opened.handle);
    if (same) return { own: draft, namesake: undefined };
    if (same === undefined && draft.fileName === opened.fileName) unsure.push(draft);
  }
  const own = unsure.find(({ saved }) => saved === opened.text);
  return { own, namesake: own ? undefined : unsure.find(({ changed }) => changed) };
}

/** Undefined when it cannot be known. */
async function isSame(a: FileSystemFileHandle | null, b: FileSystemFileHandle | null): Promise<boolean | undefined> {
  if (!a || !b) return undefined;
  return a.isSameEntry(b).catch(() => undefined);
}
