/// Which rows are shown, in which order, under which headings.
import { methodologyName } from '../../i18n/categories.ts';
import { severityName } from '../../i18n/terms.ts';
import { shownLanguage, t } from '../../i18n/translate.svelte.ts';
import { statusName, typeName } from '../../editor/panes/threat.ts';
import { nameOf } from '../../editor/panes/naming.ts';
import { SEVERITIES, STATUSES } from '../../model/vocabulary.ts';
import { FACETS, type Column, type Facet, type Grouping, type Query } from './query.ts';
import type { ThreatRow } from './rows.ts';

export type Item =
  | { readonly kind: 'threat'; readonly row: ThreatRow }
  | { readonly kind: 'group'; readonly name: string; readonly count: number };

/** What a row has of a facet or grouping, by which it is chosen: the same in all languages. */
export function valueOf({ threat, cell, diagram, category, methodology }: ThreatRow, of: Facet | 'element'): string {
  switch (of) {
    case 'status':
      return threat.status ?? threat.statusText;
    case 'severity':
      return threat.severity;
    case 'type':
      return category;
    case 'diagram':
      return `${diagram.id}`;
    case 'methodology':
      return methodology ?? diagram.type;
    case 'scope':
      return cell.outOfScope ? 'out' : 'in';
    case 'element':
      return JSON.stringify([diagram.id, cell.id]);
  }
}

/** The same as a reader calls it. */
export function nameOfValue(row: ThreatRow, of: Facet | 'element'): string {
  const { threat, diagram } = row;
  switch (of) {
    case 'status':
      return statusName(threat) || t('threats.no-status');
    case 'severity':
      return severityName(threat.severity);
    case 'type':
      return typeName(threat, diagram) || t('threats.no-type');
    case 'diagram':
      return diagram.title.trim() || t('threats.untitled-diagram');
    case 'methodology':
      return row.methodology === null ? diagram.type : methodologyName(row.methodology);
    case 'scope':
      return row.cell.outOfScope ? t('threats.scope-out') : t('threats.scope-in');
    case 'element':
      return nameOf(row.cell);
  }
}

/** What can be chosen of a facet: what some threat has, in the order in which one seeks it. */
export function optionsOf(rows: readonly ThreatRow[], facet: Facet): { value: string; text: string; count: number }[] {
  const found = new Map<string, { row: ThreatRow; count: number }>();
  for (const row of rows) {
    const value = valueOf(row, facet);
    const before = found.get(value);
    if (before) before.count += 1;
    else found.set(value, { row, count: 1 });
  }
  const compare = comparer(facet);
  return [...found]
    .toSorted(([, one], [, other]) => compare(one.row, other.row))
    .map(([value, { row, count }]) => ({ value, text: nameOfValue(row, facet), count }));
}

export function filtered(rows: readonly ThreatRow[], query: Query): ThreatRow[] {
  const words = query.text
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const asked = FACETS.filter((facet) => query[facet] !== '');
  return rows.filter(
    (row) => asked.every((facet) => valueOf(row, facet) === query[facet]) && (words.length === 0 || has(row, words)),
  );
}

/** Each of the words stands somewhere in what is read of the threat. */
function has({ threat, cell }: ThreatRow, words: readonly string[]): boolean {
  const number = threat.number === null ? '' : `#${threat.number}`;
  const text = [number, threat.title, threat.description, threat.mitigation, cell.name].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}

/** Rows that are equal in what they are sorted by stay in the order of the file. */
export function sorted(rows: readonly ThreatRow[], { sort, descending }: Query): ThreatRow[] {
  const compare = comparer(sort);
  return rows.toSorted((one, other) => (descending ? compare(other, one) : compare(one, other)));
}

type Compare = (one: ThreatRow, other: ThreatRow) => number;

function comparer(by: Column | Facet | 'element'): Compare {
  const collator = new Intl.Collator(shownLanguage().tag, { numeric: true, sensitivity: 'base' });
  const text = (of: (row: ThreatRow) => string): Compare => {
    const known = new Map<ThreatRow, string>();
    const read = (row: ThreatRow) => {
      const value = known.get(row) ?? of(row);
      known.set(row, value);
      return value;
    };
    return (one, other) => collator.compare(read(one), read(other));
  };
  switch (by) {
    case 'number':
      return (one, other) => (one.threat.number ?? Infinity) - (other.threat.number ?? Infinity) || 0;
    case 'title':
      return text(({ threat }) => threat.title);
    case 'score':
      return text(({ score }) => score);
    case 'severity':
      return (one, other) => severityRank(one) - severityRank(other);
    case 'status':
      return (one, other) => statusRank(one) - statusRank(other);
    case 'scope':
      return (one, other) => Number(one.cell.outOfScope) - Number(other.cell.outOfScope);
    default:
      return text((row) => nameOfValue(row, by));
  }
}

function severityRank({ threat }: ThreatRow): number {
  return SEVERITIES.indexOf(threat.severity);
}

function statusRank({ threat }: ThreatRow): number {
  return threat.status === null ? STATUSES.length : STATUSES.indexOf(threat.status);
}

/** The rows under headings, if they are wished; of severities the gravest comes first. */
export function grouped(rows: readonly ThreatRow[], group: Grouping | ''): Item[] {
  if (group === '') return rows.map((row) => ({ kind: 'threat', row }));
  const groups = new Map<string, ThreatRow[]>();
  for (const row of rows) {
    const value = valueOf(row, group);
    const members = groups.get(value);
    if (members) members.push(row);
    else groups.set(value, [row]);
  }
  const compare = comparer(group);
  const inOrder = [...groups.values()].toSorted(([one], [other]) => {
    if (!one || !other) return 0;
    return group === 'severity' ? compare(other, one) : compare(one, other);
  });
  return inOrder.flatMap((members): Item[] => {
    const [first] = members;
    if (!first) return [];
    const heading: Item = { kind: 'group', name: headingOf(first, group), count: members.length };
    return [heading, ...members.map((row): Item => ({ kind: 'threat', row }))];
  });
}

/** Elements of different diagrams may have one name. */
function headingOf(row: ThreatRow, group: Grouping): string {
  const name = nameOfValue(row, group);
  if (group !== 'element') return name;
  return t('threats.element-in', { element: name, diagram: nameOfValue(row, 'diagram') });
}
