/// The operations: every way in which a model is edited, as plain data. They are the server's, held
/// together by the vectors in tests/vectors/.
import type { Json, JsonValue } from './json/node.ts';
import type { CellEnd, Point, Route } from './views.ts';

/** A new value: plain data, or a node whose tokens are kept. */
export type NewValue = JsonValue | Json;

/** Where a cell is: cells of different diagrams may have the same id. */
interface OfCell {
  readonly diagram: number;
  readonly cell: string;
}

interface OfThreat extends OfCell {
  readonly threat: string;
}

interface Member {
  readonly key: string;
  readonly value: NewValue;
}

/** One edit. It changes what it names and what the format derives from that, and nothing else. */
export type Operation =
  | ({ readonly type: 'setSummaryField' } & Member)
  | ({ readonly type: 'setDetailField' } & Member)
  | ({ readonly type: 'setModelField' } & Member)
  | { readonly type: 'addDiagram'; readonly diagram: NewValue }
  | { readonly type: 'removeDiagram'; readonly diagram: number }
  /** `to` is its place afterwards, from 0; one beyond the last means the last. */
  | { readonly type: 'moveDiagram'; readonly diagram: number; readonly to: number }
  | ({ readonly type: 'setDiagramField'; readonly diagram: number } & Member)
  | { readonly type: 'addCell'; readonly diagram: number; readonly cell: NewValue }
  | ({ readonly type: 'removeCell' } & OfCell)
  | ({ readonly type: 'moveCell' } & OfCell & Point)
  | ({ readonly type: 'resizeCell'; readonly width: number; readonly height: number } & OfCell & Point)
  | ({ readonly type: 'turnCell'; readonly angle: number } & OfCell)
  | ({ readonly type: 'orderCell'; readonly zIndex: number } & OfCell)
  | ({ readonly type: 'lockCell'; readonly locked: boolean } & OfCell)
  | ({ readonly type: 'nameCell'; readonly name: string } & OfCell)
  | ({ readonly type: 'setShape'; readonly shape: 'actor' | 'process' | 'store' } & OfCell)
  | ({ readonly type: 'setCellField' } & OfCell & Member)
  | ({ readonly type: 'setEnd'; readonly end: 'source' | 'target'; readonly to: CellEnd | Point } & OfCell)
  | ({ readonly type: 'setVertices'; readonly vertices: readonly Point[] } & OfCell)
  | ({ readonly type: 'setRoute'; readonly route: Route } & OfCell)
  | ({ readonly type: 'reverseFlow' } & OfCell)
  | ({ readonly type: 'placeLabel'; readonly distance: number; readonly offset?: number | Point } & OfCell)
  | ({ readonly type: 'addThreat'; readonly threat: NewValue } & OfCell)
  | ({ readonly type: 'removeThreat' } & OfThreat)
  | ({ readonly type: 'setThreatField' } & OfThreat & Member);

export type OperationCode =
  | 'oldGeneration'
  | 'noDiagram'
  | 'noCell'
  | 'noThreat'
  | 'noPosition'
  | 'noSize'
  | 'notFinite'
  | 'notPositive'
  | 'incomplete'
  | 'idTaken'
  | 'invalid'
  | 'reservedField'
  | 'notAnEdge'
  | 'noLabel'
  | 'notChangeable';

/** Why an operation cannot be applied; `message` is one sentence, fit for showing. */
export class OperationError extends Error {
  readonly code: OperationCode;

  constructor(code: OperationCode, message: string) {
    super(message);
    this.name = 'OperationError';
    this.code = code;
  }
}
