/// Which diagram is shown.
import type { Document } from '../../model/document.ts';

/** The wanted one, or else the first; null when there is none to show. */
export function shownDiagram(document: Document, wanted: number | null): number | null {
  if (wanted !== null && document.diagram(wanted)) return wanted;
  return document.diagrams.find(({ id }) => id !== null)?.id ?? null;
}
