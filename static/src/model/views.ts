/// Typed views of a model: a diagram, a cell, a threat, read where they stand. Each member may be missing
/// or of a wrong type in real files; then it reads as empty.
///
/// A view belongs to its node: the same node always gives the same view, so `===` tells whether anything in
/// it has changed.
import { asBoolean, asNumber, asText, at, get, isObject, items, type Json } from './json/node.ts';
import { kindOf, severityOf, SEVERITIES, statusOf, type Kind, type Severity, type Status } from './vocabulary.ts';

/** In pixels to the right of the origin and below it. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** An end of a flow at a cell, and at one of its ports. */
export interface CellEnd {
  readonly cell: string;
  readonly port?: string;
}

/** Where a flow ends: at a cell, at a point, or (null) nowhere that the file says. */
export type End = CellEnd | Point | null;

export function isCellEnd(end: End): end is CellEnd {
  return end !== null && 'cell' in end;
}

/** How a flow runs between its ends. */
export type Route = 'smooth' | 'straight' | 'orthogonal';

/** A text on a flow, and where on its way. */
export interface Label {
  readonly text: string;
  /** From 0 to 1 a share of the way; above 1 pixels from the start; below 0 from the end. */
  readonly distance: number;
  /** Pixels to the side of the way, or both ways. */
  readonly offset: number | Point;
}

export class DiagramView {
  readonly node: Json;
  /** A whole number, as large as the server knows them; null where the file has something else. */
  readonly id: number | null;
  readonly title: string;
  readonly type: string;
  readonly description: string;
  /** As in the file. */
  readonly cells: readonly CellView[];
  #byId: Map<string, CellView> | undefined;

  constructor(node: Json) {
    this.node = node;
    this.id = idOf(get(node, 'id'));
    this.title = words(node, 'title');
    this.type = words(node, 'diagramType');
    this.description = words(node, 'description');
    this.cells = items(get(node, 'cells')).map(cellView);
  }

  /** The first cell with this id. */
  cell(id: string): CellView | undefined {
    if (!this.#byId) {
      this.#byId = new Map();
      for (const cell of this.cells) if (!this.#byId.has(cell.id)) this.#byId.set(cell.id, cell);
    }
    return this.#byId.get(id);
  }
}

export class CellView {
  readonly node: Json;
  readonly id: string;
  readonly shape: string;
  readonly kind: Kind;
  readonly zIndex: number;
  /** The upper left corner; null for flows and curves. */
  readonly position: Point | null;
  readonly size: Size | null;
  /** Degrees clockwise. */
  readonly angle: number;
  readonly source: End;
  readonly target: End;
  readonly vertices: readonly Point[];
  readonly route: Route;
  readonly label: Label;
  /** What a reader calls it: flows of old files have only the text that is drawn. */
  readonly name: string;
  readonly threats: readonly ThreatView[];
  readonly openThreats: number;
  /** The gravest severity of its open threats. */
  readonly worst: Severity | null;

  constructor(node: Json) {
    this.node = node;
    this.id = words(node, 'id');
    this.shape = words(node, 'shape');
    this.kind = kindOf(this.shape, isObject(get(node, 'source')) || isObject(get(node, 'target')));
    this.zIndex = measure(get(node, 'zIndex')) ?? 0;
    this.position = pointOf(get(node, 'position'));
    this.size = sizeOf(get(node, 'size'));
    this.angle = measure(get(node, 'angle')) ?? 0;
    this.source = endOf(get(node, 'source'));
    this.target = endOf(get(node, 'target'));
    this.vertices = items(get(node, 'vertices')).flatMap((each) => pointOf(each) ?? []);
    this.route = routeOf(node);
    this.label = labelOf(node);
    this.name = words(get(node, 'data'), 'name') || this.label.text;
    this.threats = items(at(node, 'data', 'threats')).map(threatView);
    const open = this.threats.filter((threat) => threat.status === 'Open');
    this.openThreats = open.length;
    this.worst = open.length > 0 ? gravest(open) : null;
  }

  get isEdge(): boolean {
    return this.kind === 'flow' || this.kind === 'boundary-curve' || this.kind === 'unknown-edge';
  }

  get isBoundary(): boolean {
    return this.kind === 'boundary-box' || this.kind === 'boundary-curve';
  }

  get description(): string {
    return this.words('description');
  }

  get outOfScope(): boolean {
    return this.flag('outOfScope');
  }

  get reasonOutOfScope(): string {
    return this.words('reasonOutOfScope');
  }

  get bidirectional(): boolean {
    return this.flag('isBidirectional');
  }

  get locked(): boolean {
    return asBoolean(at(this.node, 'data', 'wyvern', 'locked')) ?? false;
  }

  /** A yes or no of its `data`. */
  flag(key: string): boolean {
    return asBoolean(at(this.node, 'data', key)) ?? false;
  }

  /** A text of its `data`. */
  words(key: string): string {
    return words(get(this.node, 'data'), key);
  }
}

export class ThreatView {
  readonly node: Json;
  readonly id: string;
  readonly number: number | null;
  readonly title: string;
  /** The category, in the words of the author's language. */
  readonly type: string;
  /** Null when the file says something else: see `statusText`. */
  readonly status: Status | null;
  readonly statusText: string;
  readonly severity: Severity;
  readonly description: string;
  readonly mitigation: string;

  constructor(node: Json) {
    this.node = node;
    this.id = words(node, 'id');
    this.number = asNumber(get(node, 'number')) ?? null;
    this.title = words(node, 'title');
    this.type = words(node, 'type');
    this.statusText = words(node, 'status');
    this.status = statusOf(this.statusText);
    this.severity = severityOf(words(node, 'severity'));
    this.description = words(node, 'description');
    this.mitigation = words(node, 'mitigation');
  }
}

export const diagramView = once((node) => new DiagramView(node));
export const cellView = once((node) => new CellView(node));
export const threatView = once((node) => new ThreatView(node));

function once<V>(make: (node: Json) => V): (node: Json) => V {
  const made = new WeakMap<Json, V>();
  return (node) => {
    let view = made.get(node);
    if (view === undefined) {
      view = make(node);
      made.set(node, view);
    }
    return view;
  };
}

function words(node: Json | undefined, key: string): string {
  return asText(get(node, key)) ?? '';
}

/** Farther off nothing can be drawn: what is said to be there is nowhere. */
const FARTHEST = 1e7;

function measure(node: Json | undefined): number | undefined {
  const number = asNumber(node);
  return number !== undefined && Math.abs(number) <= FARTHEST ? number : undefined;
}

function idOf(node: Json | undefined): number | null {
  const number = asNumber(node);
  return number !== undefined && Number.isInteger(number) && number >= 0 && number <= 2 ** 64 ? number : null;
}

function pointOf(node: Json | undefined): Point | null {
  const [x, y] = [measure(get(node, 'x')), measure(get(node, 'y'))];
  return x === undefined || y === undefined ? null : { x, y };
}

function sizeOf(node: Json | undefined): Size | null {
  const [width, height] = [measure(get(node, 'width')), measure(get(node, 'height'))];
  return width === undefined || height === undefined ? null : { width, height };
}

function endOf(node: Json | undefined): End {
  const cell = words(node, 'cell');
  if (cell === '') return pointOf(node);
  const port = words(node, 'port');
  return port === '' ? { cell } : { cell, port };
}

/** A connector or router may be a name, or an object with one. */
function routeOf(node: Json): Route {
  const named = (key: string) => asText(get(node, key)) ?? words(get(node, key), 'name');
  const router = named('router');
  if (router !== '' && router !== 'normal') return 'orthogonal';
  return named('connector') === 'smooth' ? 'smooth' : 'straight';
}

/** The parts of a label that may hold its text: three generations of them. */
export const LABEL_PARTS = ['label', 'labelText', 'text'];

function labelOf(node: Json): Label {
  const [label] = items(get(node, 'labels'));
  const position = get(label, 'position');
  const parts = LABEL_PARTS.map((part) => asText(at(label, 'attrs', part, 'text')));
  const own = [at(node, 'attrs', 'text', 'text'), at(node, 'attrs', 'label', 'text'), get(node, 'label')];
  const texts = [asText(label), ...parts, ...own.map(asText)];
  const offset = get(position, 'offset');
  return {
    text: texts.find((text) => text !== undefined && text !== '') ?? '',
    distance: measure(position) ?? measure(get(position, 'distance')) ?? 0.5,
    offset: measure(offset) ?? pointOf(offset) ?? 0,
  };
}

function gravest(threats: readonly ThreatView[]): Severity {
  const rank = threats.reduce((most, { severity }) => Math.max(most, SEVERITIES.indexOf(severity)), 0);
  return SEVERITIES[rank] ?? 'TBD';
}
