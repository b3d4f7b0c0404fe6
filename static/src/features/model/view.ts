/// What the model page shows, read from a model's JSON.
///
/// The file may have been written by anyone: each value is taken only if it has the right type, and
/// text stays text. Field names and values: Threat Dragon's version 2 format.

/** A whole model. */
export interface ModelView {
  title: string;
  owner: string;
  reviewer: string;
  contributors: string[];
  description: string;
  diagrams: DiagramView[];
  threats: ThreatCounts;
}

export interface DiagramView {
  /** Null where the file gives it none that an address can name. */
  id: number | null;
  title: string;
  /** The method, such as `STRIDE`. */
  type: string;
  description: string;
  /** Sorted by kind, then as in the file. */
  elements: ElementView[];
  /** Sorted by number; those without one come last. */
  threats: ThreatView[];
  counts: ThreatCounts;
}

export interface ElementView {
  name: string;
  kind: string;
  description: string;
  outOfScope: boolean;
  reasonOutOfScope: string;
  /** For a data flow between two elements: their names. */
  ends: { from: string; to: string } | null;
  threats: ThreatCounts;
}

export interface ThreatView {
  number: number | null;
  title: string;
  type: string;
  /** The name of the element that it threatens. */
  element: string;
  status: string;
  open: boolean;
  severity: string;
  description: string;
  mitigation: string;
}

export interface ThreatCounts {
  total: number;
  open: number;
  /** Open threats by severity, gravest first, without those that are zero. */
  openBySeverity: { severity: string; count: number }[];
}

export const SEVERITIES = ['Critical', 'High', 'Medium', 'Low', 'TBD'];

const STATUSES = ['Open', 'Mitigated', 'Accepted', 'Transferred', 'Avoided', 'Eliminated'];

/** The kinds by `shape`, in the order of the element table. */
const KINDS: [kind: string, shapes: string[]][] = [
  ['Actor', ['actor']],
  ['Process', ['process']],
  ['Data store', ['store']],
  ['Data flow', ['flow', 'edge']],
  // The misspelt name is in real files: Threat Dragon once wrote it.
  ['Trust boundary', ['trust-boundary-box', 'trust-boundary-curve', 'trust-broundary-curve']],
  ['Text', ['td-text-block']],
];

type Fields = Record<string, unknown>;

/** Reads the answer of `…/data`; what is missing or of a wrong type comes out empty. */
export function viewOf(json: unknown): ModelView {
  const summary = fields(fields(json)['summary']);
  const detail = fields(fields(json)['detail']);
  const diagrams = list(detail['diagrams']).map((diagram) => diagramView(fields(diagram)));
  return {
    title: text(summary['title']),
    owner: text(summary['owner']),
    reviewer: text(detail['reviewer']),
    contributors: list(detail['contributors'])
      .map((contributor) => text(fields(contributor)['name']))
      .filter((name) => name !== ''),
    description: text(summary['description']),
    diagrams,
    threats: count(diagrams.flatMap((diagram) => diagram.threats)),
  };
}

function diagramView(diagram: Fields): DiagramView {
  const cells = list(diagram['cells']).map(fields);
  const names = new Map(cells.map((cell) => [text(cell['id']), nameOf(cell)]));
  const elements = cells.map((cell) => elementView(cell, names));
  const threats = cells.flatMap(threatViews);
  return {
    id: diagramId(diagram['id']),
    title: text(diagram['title']),
    type: text(diagram['diagramType']),
    description: text(diagram['description']),
    elements: elements.toSorted((a, b) => kindOrder(a.kind) - kindOrder(b.kind)),
    threats: threats.toSorted((a, b) => (a.number ?? Infinity) - (b.number ?? Infinity) || 0),
    counts: count(threats),
  };
}

function diagramId(value: unknown): number | null {
  return Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : null;
}

function elementView(cell: Fields, names: Map<string, string>): ElementView {
  const data = fields(cell['data']);
  const kind = kindOf(text(cell['shape']));
  const end = (key: string) => names.get(text(fields(cell[key])['cell'])) ?? '';
  const [from, to] = [end('source'), end('target')];
  return {
    name: nameOf(cell),
    kind,
    description: text(data['description']),
    outOfScope: data['outOfScope'] === true,
    reasonOutOfScope: text(data['reasonOutOfScope']),
    ends: kind === 'Data flow' && (from || to) ? { from, to } : null,
    threats: count(threatViews(cell)),
  };
}

function threatViews(cell: Fields): ThreatView[] {
  return list(fields(cell['data'])['threats']).map((threat) => {
    const value = fields(threat);
    const status = statusOf(text(value['status']));
    return {
      number: typeof value['number'] === 'number' ? value['number'] : null,
      title: text(value['title']),
      type: text(value['type']),
      element: nameOf(cell),
      status,
      open: status === 'Open',
      severity: severityOf(text(value['severity'])),
      description: text(value['description']),
      mitigation: text(value['mitigation']),
    };
  });
}

function count(threats: ThreatView[]): ThreatCounts {
  const open = threats.filter((threat) => threat.open);
  const severities = [...new Set([...SEVERITIES, ...open.map((threat) => threat.severity)])];
  return {
    total: threats.length,
    open: open.length,
    openBySeverity: severities
      .map((severity) => ({ severity, count: open.filter((threat) => threat.severity === severity).length }))
      .filter(({ count }) => count > 0),
  };
}

/** The name that is drawn: newer files have it in `data`, older ones only among the drawing's attributes. */
function nameOf(cell: Fields): string {
  const attributes = fields(cell['attrs']);
  return (
    text(fields(cell['data'])['name']) ||
    text(fields(attributes['text'])['text']) ||
    text(fields(attributes['label'])['text'])
  );
}

function kindOf(shape: string): string {
  return KINDS.find(([, shapes]) => shapes.includes(shape))?.[0] ?? (shape || 'Unknown');
}

function kindOrder(kind: string): number {
  const at = KINDS.findIndex(([known]) => known === kind);
  return at < 0 ? KINDS.length : at;
}

/** In one spelling, whatever the case in the file; a status that is not known stays as it is. */
function statusOf(status: string): string {
  if (/^(notapplicable|n\/a)$/i.test(status)) return 'Not applicable';
  return STATUSES.find((known) => known.toLowerCase() === status.toLowerCase()) ?? status;
}

/** As `statusOf`; an undecided severity (empty, or the older `TBA`) is `TBD`. */
function severityOf(severity: string): string {
  if (severity === '' || /^tba$/i.test(severity)) return 'TBD';
  return SEVERITIES.find((known) => known.toLowerCase() === severity.toLowerCase()) ?? severity;
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
}
