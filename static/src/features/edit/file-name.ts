/// The name of a new model's file.
import { t } from '../../i18n/translate.svelte.ts';
import { fileNameOf } from '../../ui/file-name.ts';

/** One that is none of those taken. */
export function fileNameFor(title: string, taken: readonly string[]): string {
  const name = fileNameOf(title, t('edit.unnamed-file'));
  for (let count = 1; ; count += 1) {
    const full = count === 1 ? `${name}.json` : `${name} ${count}.json`;
    if (!taken.includes(full)) return full;
  }
}
