/// What the app calls the things of the format, in the person's language.
import type { Methodology } from '../model/categories.ts';
import type { Kind, Severity, Status } from '../model/vocabulary.ts';
import { t } from './translate.svelte.ts';

/** "Process", "Trust boundary". */
export function kindName(kind: Kind): string {
  return t(`terms.kind-${kind}`);
}

/** The same within a sentence: "process", "trust boundary". */
export function kindWithin(kind: Kind): string {
  return t(`terms.within-${kind}`);
}

export function severityName(severity: Severity): string {
  return t(`terms.severity-${severity}`);
}

export function statusWord(status: Status): string {
  return t(`terms.status-${status}`);
}

export function methodologyName(methodology: Methodology): string {
  return t(`terms.methodology-${methodology}`);
}
