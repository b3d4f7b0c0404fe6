/// What the server writes around a model's text.
import { t } from '../i18n/translate.svelte.ts';
import { Problem } from './problem.ts';

const ENVELOPE = /^\{"status":\d+,"data":([^]*)\}$/;

/** The very text of the model in an answer. @throws {Problem} where the answer is another */
export function modelIn(answer: string): string {
  const found = ENVELOPE.exec(answer)?.[1];
  if (found !== undefined) return found;
  throw new Problem(0, t('problems.not-understood'), t('problems.not-understood-detail'));
}
