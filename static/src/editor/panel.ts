/// What lies over the canvas: one thing at a time.
import type { NewKind } from '../model/vocabulary.ts';
import type { Point } from './geometry/point.ts';

export type Panel =
  | { readonly name: 'palette' | 'find' | 'help' | 'tour' | 'layout' | 'export' }
  /** Kinds to draw, at a point of the diagram. */
  | { readonly name: 'add'; readonly at: Point; readonly question?: Question }
  /** Elements to which a flow may go from a cell. */
  | { readonly name: 'connect'; readonly from: string }
  /** Threats that may be missing: of these elements, or (null) of all; of this diagram, or (null) of all. */
  | { readonly name: 'suggest'; readonly diagram: number | null; readonly elements: readonly string[] | null }
  /** Parts of diagrams that a team keeps: one is put into the diagram, or becomes one more. */
  | { readonly name: 'fragment'; readonly as: 'cells' | 'diagram' }
  /** What a library says now of a threat that was taken from it, or (null) of all such threats. */
  | { readonly name: 'update'; readonly of: ThreatPlace | null }
  /** Mitigations of a library, for this threat. */
  | { readonly name: 'mitigation'; readonly of: ThreatPlace }
  /** Commands, at a point of the window, or so many pixels beside it. */
  | { readonly name: 'menu'; readonly at: Point; readonly aside: number };

/** Where a threat is. */
export interface ThreatPlace {
  readonly diagram: number;
  readonly cell: string;
  readonly threat: string;
}

/** The tabs of the pane beside the canvas. */
export type Pane = 'properties' | 'threats' | 'outline';

/** Who asks for a kind, when it is not simply to be drawn. */
export interface Question {
  readonly title: string;
  /** What may be chosen, the usual one first. */
  readonly kinds: readonly NewKind[];
  /** Told once: the kind chosen, or null for none. */
  answer(kind: NewKind | null): void;
}
