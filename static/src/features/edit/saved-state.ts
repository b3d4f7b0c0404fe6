/// What of a model is saved: the text that was read or saved last, and what it is as a document.
import type { Document } from '../../model/document.ts';
import type { History } from '../../model/history.ts';
import type { Version } from './home.ts';
import { documentOf } from './reading.ts';

export class SavedState {
  /** What was read or saved last. */
  readonly version: Version;
  /** The history at that time, where that is known. */
  readonly since: History | null;
  /** The document with that text, where there is one: to see without comparing that nothing is changed. */
  readonly document: Document | null;

  constructor({ text, version }: Version, document: Document | null, since: History | null) {
    this.version = { text, version };
    this.document = document;
    this.since = since;
  }

  /** Whether this is what is saved. */
  has(document: Document): boolean {
    return this.document ? document.sameText(this.document) : document.text() === this.version.text;
  }

  /** As a document. @throws {Unreadable} */
  read(): Document {
    return this.document ?? documentOf(this.version.text);
  }
}
