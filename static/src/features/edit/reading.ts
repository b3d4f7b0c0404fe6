/// From a file or a text that anyone may have written to a document that can be edited, or why not.
import { Document, InvalidModel } from '../../model/document.ts';
import { JsonError } from '../../model/json/parse.ts';

/** The largest file that is opened, in bytes. */
export const FILE_MAX = 20_000_000;

/** Why something cannot be edited: what it is, what is wrong and where, what to do. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly heading: string;
  readonly advice: string;

  constructor(heading: string, detail: string, advice: string) {
    super(detail);
    this.heading = heading;
    this.advice = advice;
  }
}

/** The text of a file; a byte-order mark is not part of it. @throws {Unreadable} */
export async function textOf(file: Blob): Promise<string> {
  if (file.size > FILE_MAX) {
    const size = (file.size / 1_000_000).toLocaleString('en', { maximumFractionDigits: 1 });
    throw new Unreadable('This file is too large', `It has ${size} MB.`, 'Files of up to 20 MB can be opened.');
  }
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable(
      'This is not a text in UTF-8',
      'Threat models are JSON files, which are written in UTF-8.',
      'Choose the model’s .json file, or save it in UTF-8 first.',
    );
  }
}

/** What some programs begin a text in UTF-8 with; it is no part of it. */
export const MARK = '\ufeff';

export async function hasMark(file: Blob): Promise<boolean> {
  const start = new Uint8Array(await file.slice(0, 3).arrayBuffer());
  return [0xef, 0xbb, 0xbf].every((byte, index) => start[index] === byte);
}

/** @throws {Unreadable} when the text is no threat model, or one that cannot be edited */
export function documentOf(text: string): Document {
  const document = parsed(text);
  if (document.generation === 1) {
    throw new Unreadable(
      'This model is of version 1 and must be upgraded first',
      'Version 1 of Threat Dragon’s format keeps its drawings in another form, which cannot be edited here.',
      'Open it in Threat Dragon 2 and save it there: that upgrades it. Then open the saved file here.',
    );
  }
  return document;
}

/** Of whichever version of the format. @throws {Unreadable} when the text is no threat model */
export function parsed(text: string): Document {
  try {
    return Document.parse(text);
  } catch (thrown) {
    if (thrown instanceof JsonError) {
      throw new Unreadable(
        'This is not valid JSON',
        thrown.message,
        'Mend it there in a text editor, or choose another file.',
      );
    }
    if (thrown instanceof InvalidModel) {
      throw new Unreadable(
        'This is not a threat model',
        thrown.message,
        'Choose a model that Threat Dragon or Wyvern has saved.',
      );
    }
    throw thrown;
  }
}
