/// Which threats are shown and how, as the part of the address that one can keep and give away.

export const COLUMNS = [
  'number',
  'title',
  'element',
  'diagram',
  'type',
  'methodology',
  'status',
  'severity',
  'score',
] as const;
export type Column = (typeof COLUMNS)[number];

export const GROUPINGS = ['diagram', 'element', 'severity', 'status', 'type'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What can be chosen one value of. */
export const FACETS = ['status', 'severity', 'type', 'diagram', 'methodology', 'scope'] as const;
export type Facet = (typeof FACETS)[number];

/** Empty where nothing is asked for. */
export interface Query extends Readonly<Record<Facet, string>> {
  readonly text: string;
  readonly sort: Column;
  /** From the last to the first. */
  readonly descending: boolean;
  readonly group: Grouping | '';
  /** The threat that is open. */
  readonly threat: string;
}

export const ALL: Query = {
  text: '',
  status: '',
  severity: '',
  type: '',
  diagram: '',
  methodology: '',
  scope: '',
  sort: 'number',
  descending: false,
  group: '',
  threat: '',
};

const WORDS = ['text', ...FACETS, 'threat'] as const;

export function parseQuery(query: string): Query {
  const given = new URLSearchParams(query);
  const sort = given.get('sort') ?? '';
  const words = Object.fromEntries(WORDS.map((key) => [key, given.get(key) ?? '']));
  return {
    ...ALL,
    ...words,
    sort: COLUMNS.find((column) => column === sort.replace(/^-/, '')) ?? ALL.sort,
    descending: sort.startsWith('-'),
    group: GROUPINGS.find((grouping) => grouping === given.get('group')) ?? '',
  };
}

export function printQuery(query: Query): string {
  const sort = (query.descending ? '-' : '') + query.sort;
  const members: [string, string][] = [
    ...WORDS.map((key): [string, string] => [key, query[key]]),
    ['sort', sort === ALL.sort ? '' : sort],
    ['group', query.group],
  ];
  return new URLSearchParams(members.filter(([, value]) => value !== '')).toString();
}

/** Whether some threats may be left out. */
export function isFiltered(query: Query): boolean {
  return query.text.trim() !== '' || FACETS.some((facet) => query[facet] !== '');
}

/** The same without what leaves threats out. */
export function unfiltered(query: Query): Query {
  return { ...ALL, sort: query.sort, descending: query.descending, group: query.group, threat: query.threat };
}
