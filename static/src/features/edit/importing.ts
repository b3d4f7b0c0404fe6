/// From whatever text somebody has to a model that can be edited. Each format has its place here: how it is known,
/// and what becomes of it.
import { upgraded } from '../../api/documents.ts';
import { Problem } from '../../api/problem.ts';
import { t } from '../../i18n/translate.svelte.ts';
import type { Document } from '../../model/document.ts';
import { documentOf, OldVersion, Unreadable } from './reading.ts';

export interface Imported {
  readonly document: Document;
  /** Whether it was of version 1 of the format. */
  readonly isUpgraded: boolean;
}

interface Importer {
  /** What its format is called. */
  readonly format: string;
  /** Whether a text, of which this is the beginning, is in the format. */
  readonly knows: (start: string) => boolean;
  /** @throws {Unreadable} */
  readonly read: (text: string) => Promise<Imported>;
}

/** How much of a text tells its format, in characters. */
const START = 4000;

function begins(pattern: RegExp): (start: string) => boolean {
  return (start) => pattern.test(start);
}

/** For a format whose importer does not exist yet. */
function later(format: string, knows: Importer['knows']): Importer {
  const read = () => Promise.reject(notYet(format));
  return { format, knows, read };
}

function notYet(format: string): Unreadable {
  return new Unreadable(
    t('browse.refused-later', { format }),
    t('browse.refused-later-detail', { format }),
    t('browse.refused-later-advice'),
  );
}

/** The first that knows a text reads it; Threat Dragon's is for all that none of the others knows. */
const importers: readonly Importer[] = [
  later('Open Threat Model', begins(/^\s*\{[^]*"otmVersion"\s*:|^otmVersion\s*:/m)),
  later('TM-BOM', begins(/^\s*\{[^]*"\$schema"\s*:\s*"[^"]*threat-model[^"]*schema/)),
  later('CycloneDX', begins(/^\s*\{[^]*"bomFormat"\s*:\s*"CycloneDX"/)),
  later('Microsoft Threat Modeling Tool', begins(/^\s*(?:<\?xml[^>]*>\s*)?<ThreatModel\b/)),
  later('draw.io', begins(/^\s*(?:<\?xml[^>]*>\s*)?<mxfile\b/)),
  later('Threagile', begins(/^threagile_version\s*:/m)),
  { format: 'Threat Dragon', knows: () => true, read: readThreatDragon },
];

/** @throws {Unreadable} with what can be done */
export async function imported(text: string): Promise<Imported> {
  const start = text.slice(0, START);
  const importer = importers.find(({ knows }) => knows(start));
  return importer ? importer.read(text) : readThreatDragon(text);
}

async function readThreatDragon(text: string): Promise<Imported> {
  try {
    return { document: documentOf(text), isUpgraded: false };
  } catch (thrown) {
    if (!(thrown instanceof OldVersion)) throw thrown;
    return { document: await upgradedDocument(text), isUpgraded: true };
  }
}

async function upgradedDocument(text: string): Promise<Document> {
  try {
    return documentOf(await upgraded(text));
  } catch (thrown) {
    if (thrown instanceof Unreadable) throw thrown;
    const problem = Problem.of(thrown);
    const isSilent = problem.status === 0;
    throw new Unreadable(
      t('browse.refused-upgrade'),
      isSilent ? t('browse.refused-upgrade-offline') : `${problem.heading}. ${problem.detail}`.trim(),
      isSilent ? t('browse.refused-upgrade-advice') : problem.advice,
    );
  }
}
