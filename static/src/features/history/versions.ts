/// Versions of a model as documents that can be drawn.
import { upgraded } from '../../api/documents.ts';
import { Problem } from '../../api/problem.ts';
import { t } from '../../i18n/translate.svelte.ts';
import { Document } from '../../model/document.ts';
import type { ModelAddress } from '../../routes.ts';

/** The document of a text; one of version 1 as its upgrade. @throws {Problem} where it is no threat model */
export async function drawable(text: string, signal: AbortSignal): Promise<Document> {
  const document = parsed(text);
  return document.generation === 1 ? parsed(await upgraded(text, signal)) : document;
}

function parsed(text: string): Document {
  try {
    return Document.parse(text);
  } catch (thrown) {
    const why = thrown instanceof Error ? thrown.message : String(thrown);
    throw new Problem(0, t('history.unreadable'), why);
  }
}

/** Where the shown diagram stands among all; the first where none has the id. */
export function placeOf(diagrams: readonly { readonly id: number | null }[], id: number | null): number {
  const place = id === null ? -1 : diagrams.findIndex((diagram) => diagram.id === id);
  return Math.max(place, 0);
}

/** The model that a place is about, without what of it is shown. */
export function addressOf({ provider, repository, branch, model }: ModelAddress): ModelAddress {
  return { provider, repository, branch, model };
}
