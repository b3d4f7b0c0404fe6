/// From a file or a text that anyone may have written to a document that can be edited, or why not.
import { Problem } from '../../api/problem.ts';
import { Document, InvalidModel } from '../../model/document.ts';
import { formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.svelte.ts';
import { JsonError } from '../../model/json/parse.ts';

/** The largest file that is opened, in bytes. */
export const FILE_MAX = 20_000_000;

/** The code of the problem that what is there now cannot be read: trying the same again does not mend it. */
export const UNREADABLE_THERE = 'unreadableThere';

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

/** Why a model of version 1 cannot be edited as it is; `importing.ts` has it upgraded. */
export class OldVersion extends Unreadable {}

/** What went wrong with reading a model that is there, told as what it is. */
export function problemOf(thrown: unknown): Problem {
  if (!(thrown instanceof Unreadable)) return Problem.of(thrown);
  return new Problem(0, thrown.heading, `${thrown.message} ${thrown.advice}`.trim(), { code: UNREADABLE_THERE });
}

/** The text of a file; a byte-order mark is not part of it. @throws {Unreadable} */
export async function textOf(file: Blob): Promise<string> {
  if (file.size > FILE_MAX) {
    const size = formatNumber(Math.round(file.size / 100_000) / 10);
    throw new Unreadable(t('edit.too-large'), t('edit.too-large-size', { size }), t('edit.too-large-advice'));
  }
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable(t('edit.not-utf8'), t('edit.not-utf8-detail'), t('edit.not-utf8-advice'));
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
    throw new OldVersion(t('edit.version-1'), t('edit.version-1-detail'), t('edit.version-1-advice'));
  }
  return document;
}

/** Of whichever version of the format. @throws {Unreadable} when the text is no threat model */
export function parsed(text: string): Document {
  try {
    return Document.parse(text);
  } catch (thrown) {
    if (thrown instanceof JsonError) {
      throw new Unreadable(t('edit.not-json'), thrown.message, t('edit.not-json-advice'));
    }
    if (thrown instanceof InvalidModel) {
      throw new Unreadable(t('edit.no-model'), thrown.message, t('edit.no-model-advice'));
    }
    throw thrown;
  }
}
