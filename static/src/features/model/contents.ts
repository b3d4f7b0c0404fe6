/// What is in a diagram, in a few words.
import { t } from '../../i18n/translate.svelte.ts';
import type { DiagramView } from '../../model/views.ts';
import { threatsOf, totalsOf } from './statistics.ts';

/** How many elements, and how many threats. */
export function contentsOf({ cells }: DiagramView): readonly [string, string] {
  const { total, open } = totalsOf(threatsOf(cells));
  return [
    cells.length === 0 ? t('model.no-elements') : t('model.elements', { count: cells.length }),
    total === 0 ? t('model.no-threats') : t('model.threats-open', { count: total, open }),
  ];
}
