/// What a comparison calls the things and members of a model, and how it writes what stands in them.
import type { FieldChange } from '../../api/history.ts';
import type { Subject } from '../../api/subject.ts';
import { formatList, formatNumber } from '../../i18n/format.ts';
import { kindName, severityName, statusWord } from '../../i18n/terms.ts';
import { t } from '../../i18n/translate.svelte.ts';
import { kindOf, SEVERITIES, statusOf, type Kind } from '../../model/vocabulary.ts';

/** By the path inside the subject, the name of the message. */
const FIELDS = {
  'summary/title': 'title',
  'summary/owner': 'owner',
  'summary/description': 'description',
  'detail/reviewer': 'reviewer',
  'detail/contributors': 'contributors',
  'detail/diagrams': 'diagrams',
  cells: 'elements',
  'diagramJson/cells': 'elements',
  'data/threats': 'threats',
  threats: 'threats',
  title: 'title',
  description: 'description',
  diagramType: 'methodology',
  shape: 'kind',
  source: 'start',
  target: 'end',
  'data/name': 'name',
  'data/description': 'description',
  'data/outOfScope': 'out-of-scope',
  'data/reasonOutOfScope': 'reason',
  'data/protocol': 'protocol',
  'data/isBidirectional': 'bidirectional',
  'data/isEncrypted': 'encrypted',
  'data/isPublicNetwork': 'public-network',
  'data/isALog': 'log',
  'data/isSigned': 'signed',
  'data/storesCredentials': 'credentials',
  'data/storesInventory': 'inventory',
  'data/providesAuthentication': 'authentication',
  'data/privilegeLevel': 'privilege',
  'data/handlesCardPayment': 'card-payment',
  'data/handlesGoodsOrServices': 'goods',
  'data/isWebApplication': 'web-application',
  status: 'status',
  severity: 'severity',
  type: 'type',
  mitigation: 'mitigation',
  modelType: 'methodology',
  number: 'number',
  score: 'score',
} as const;

/** What a member is called; one that the format does not have, by its path. */
export function fieldName({ path, cut }: FieldChange): string {
  if (path.startsWith('detail/contributors/')) return t('history.field-contributor');
  if (path === '' && cut) return t('history.field-rest');
  return isField(path) ? t(`history.field-${FIELDS[path]}`) : path;
}

function isField(path: string): path is keyof typeof FIELDS {
  return Object.hasOwn(FIELDS, path);
}

/** The kinds as the server says them, where that is not our own word. */
const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['actor', 'actor'],
  ['process', 'process'],
  ['data store', 'store'],
  ['text', 'text'],
  ['trust boundary', 'boundary-box'],
  ['data flow', 'flow'],
]);

export function cellKind(cell: NonNullable<Subject['cell']>): string {
  const kind = KINDS.get(cell.kind);
  return kind ? kindName(kind) : cell.kind;
}

export function cellName(cell: NonNullable<Subject['cell']>): string {
  return cell.name.replace(/\s+/g, ' ').trim() || t('history.unnamed');
}

export function diagramName(diagram: { readonly title: string }): string {
  return diagram.title.trim() || t('history.untitled-diagram');
}

/** `#3 “A stranger pays”` */
export function threatName({ number, title }: NonNullable<Subject['threat']>): string {
  const name = title.trim() || t('history.untitled-threat');
  return number === null ? t('history.threat', { name }) : t('history.threat-number', { number: String(number), name });
}

/** What something belonged to, or is: the cell, else the diagram, else the model. */
export function subjectName({ diagram, cell }: Subject): string {
  if (cell) return cellName(cell);
  return diagram ? diagramName(diagram) : t('history.model');
}

/** `3 elements and 2 threats`; nothing when there are none. */
export function contentsWords({ cells, threats }: { cells: number; threats: number }): string {
  const parts = [
    cells > 0 ? [t('history.elements', { count: cells })] : [],
    threats > 0 ? [t('history.threats', { count: threats })] : [],
  ];
  return formatList(parts.flat());
}

/** A value on one line; empty for none. */
export function valueWords(path: string, value: unknown, named?: string): string {
  if (named !== undefined) return named;
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? t('history.yes') : t('history.no');
  if (typeof value === 'number') return path === 'number' ? String(value) : formatNumber(value);
  if (typeof value === 'string') return knownWord(path, value);
  if (path === 'source' || path === 'target') return endWords(value);
  if (path.startsWith('detail/contributors/')) return memberText(value, 'name');
  return JSON.stringify(value);
}

function knownWord(path: string, word: string): string {
  if (path === 'status') {
    const status = statusOf(word);
    return status ? statusWord(status) : word;
  }
  if (path === 'severity') {
    const severity = SEVERITIES.find((known) => known.toLowerCase() === word.toLowerCase());
    return severity ? severityName(severity) : word;
  }
  if (path !== 'shape') return word;
  const kind = kindOf(word, false);
  return kind === 'unknown-node' ? word : kindName(kind);
}

/** A flow's end at a cell without a name, or at none. */
function endWords(end: unknown): string {
  return memberText(end, 'cell') || t('history.open-end');
}

function memberText(value: unknown, key: 'cell' | 'name'): string {
  const found = (value as Readonly<Record<string, unknown>> | null)?.[key];
  return typeof found === 'string' ? found : '';
}
