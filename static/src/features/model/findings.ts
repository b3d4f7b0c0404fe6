/// Findings as they are listed: the gravest first, each with where it is.
import type { Finding } from '../../api/documents.ts';
import type { Subject } from '../../api/subject.ts';
import { t } from '../../i18n/translate.svelte.ts';

const LEVELS: readonly Finding['level'][] = ['error', 'warning', 'note'];

export function byLevel(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((one, other) => LEVELS.indexOf(one.level) - LEVELS.indexOf(other.level));
}

/** Where something is, from the diagram inwards; nothing for the model itself. */
export function partsOf({ diagram, cell, threat }: Subject): readonly string[] {
  return [
    ...(diagram ? [diagram.title.trim() || t('model.untitled-diagram')] : []),
    ...(cell ? [cell.name.trim() || t('model.unnamed')] : []),
    ...(threat ? [threatWords(threat)] : []),
  ];
}

/** The innermost of these, for those who hear it alone. */
export function wordsOf(subject: Subject): string {
  return partsOf(subject).at(-1) ?? t('model.this-model');
}

function threatWords({ number, title }: NonNullable<Subject['threat']>): string {
  const called = title.trim() || t('model.untitled-threat');
  return number === null ? called : t('model.numbered', { number: String(number), title: called });
}
