/// A model as it is saved, to be read: one of version 1 is shown as its upgrade would make it.
import { modelText } from '../../api/calls.ts';
import { upgraded } from '../../api/documents.ts';
import { Problem, UNREADABLE } from '../../api/problem.ts';
import type { Document } from '../../model/document.ts';
import type { ModelAddress } from '../../routes.ts';
import { parsed, Unreadable } from '../edit/reading.ts';

export interface Opened {
  readonly document: Document;
  /** The saved version. */
  readonly version: string;
  /** Whether what is saved is of version 1. */
  readonly isOld: boolean;
}

/** Or why it cannot be read. @throws {Problem} */
export async function openModel(at: ModelAddress, signal: AbortSignal): Promise<Opened | Unreadable> {
  try {
    const { text, version } = await modelText(at, signal);
    const document = parsed(text);
    if (document.generation === 2) return { document, version, isOld: false };
    return { document: parsed(await upgraded(text, signal)), version, isOld: true };
  } catch (thrown) {
    if (thrown instanceof Unreadable) return thrown;
    if (thrown instanceof Problem && thrown.code === UNREADABLE) {
      return new Unreadable(thrown.heading, thrown.detail, thrown.advice);
    }
    throw thrown;
  }
}
