/// What in a diagram an address points at: a cell, and one of its threats.

export interface Pointed {
  readonly cell: string;
  readonly threat: string | null;
}

/** The query of an address of the editor that points there. */
export function pointingAt(cell: string, threat?: string): string {
  return String(new URLSearchParams({ cell, ...(threat === undefined ? {} : { threat }) }));
}

/** What a query points at; null when at nothing. */
export function pointedAt(query: string): Pointed | null {
  const asked = new URLSearchParams(query);
  const cell = asked.get('cell');
  return cell === null ? null : { cell, threat: asked.get('threat') };
}
