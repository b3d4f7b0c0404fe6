/// What has been done to a document, step by step, and can be undone: one history for drawing,
/// properties and threats. A history never changes; doing something gives another one. Its documents are
/// always what its steps make of the base, so that it is told again from them.
import { applyAll } from './apply/apply.ts';
import type { Document } from './document.ts';
import type { Operation } from './operation.ts';

/** What one undo takes back. */
export interface Step {
  /** As in "Undo: Move Browser". */
  readonly name: string;
  readonly operations: readonly Operation[];
  /** Steps with the same key that follow each other closely become one: typing, nudging. */
  readonly key?: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** How close steps with the same key must follow each other, in milliseconds. */
const TOGETHER = 1_000;
/** How many steps are kept; the oldest can no longer be undone. */
const STEPS_MAX = 500;

export class History {
  /** The documents before the first step and after each. */
  readonly #documents: readonly Document[];
  readonly steps: readonly Step[];
  /** How many of the steps are done; the others have been undone. */
  readonly done: number;

  private constructor(documents: readonly Document[], steps: readonly Step[], done: number) {
    this.#documents = documents;
    this.steps = steps;
    this.done = done;
  }

  static of(document: Document): History {
    return new History([document], [], 0);
  }

  /** All of these steps done to a document, then as many undone as are beyond `done`. @throws {OperationError} */
  static replay(base: Document, steps: readonly Step[], done: number): History {
    const documents = [base];
    for (const step of steps) documents.push(applyAll(documents.at(-1) ?? base, step.operations));
    return new History(documents, steps, Math.min(Math.max(done, 0), steps.length));
  }

  /** The document before all steps that are kept. */
  get base(): Document {
    return this.#at(0);
  }

  /** The document as it is now. */
  get document(): Document {
    return this.#at(this.done);
  }

  /** The step that undo would take back. */
  get undoable(): Step | undefined {
    return this.steps[this.done - 1];
  }

  /** The step that redo would do again. */
  get redoable(): Step | undefined {
    return this.steps[this.done];
  }

  /**
   * This and one step more, instead of those that were undone. A step that changes nothing is none.
   * @throws {OperationError}
   */
  do(step: Step): History {
    const next = applyAll(this.document, step.operations);
    if (next === this.document) return this;
    const last = this.undoable;
    return last && this.redoable === undefined && joins(last, step)
      ? this.#join(last, step)
      : this.#to(this.done, step, next);
  }

  #join(last: Step, step: Step): History {
    const operations = compact([...last.operations, ...step.operations]);
    const before = this.#at(this.done - 1);
    const next = applyAll(before, operations);
    if (next !== before) return this.#to(this.done - 1, { ...step, operations }, next);
    return new History(this.#documents.slice(0, this.done), this.steps.slice(0, this.done - 1), this.done - 1);
  }

  undo(): History {
    return this.done > 0 ? new History(this.#documents, this.steps, this.done - 1) : this;
  }

  redo(): History {
    return this.redoable ? new History(this.#documents, this.steps, this.done + 1) : this;
  }

  #to(kept: number, step: Step, next: Document): History {
    const first = Math.max(0, kept + 1 - STEPS_MAX);
    const documents = [...this.#documents.slice(first, kept + 1), next];
    const steps = [...this.steps.slice(first, kept), step];
    return new History(documents, steps, steps.length);
  }

  #at(index: number): Document {
    const document = this.#documents[index];
    if (!document) throw new RangeError(`there is no step ${index}`);
    return document;
  }
}

function joins(last: Step, step: Step): boolean {
  const passed = step.at - last.at;
  return last.key !== undefined && last.key === step.key && passed >= 0 && passed < TOGETHER;
}

/** Without the operations that a later one on the same thing makes void. */
function compact(operations: readonly Operation[]): Operation[] {
  const last = new Map<string, number>();
  operations.forEach((operation, index) => last.set(thing(operation, index), index));
  return operations.filter((operation, index) => last.get(thing(operation, index)) === index);
}

/** What an operation sets, for those that set one thing to an absolute value; others stand alone. */
function thing(operation: Operation, index: number): string {
  switch (operation.type) {
    case 'setSummaryField':
    case 'setDetailField':
    case 'setModelField':
      return JSON.stringify([operation.type, operation.key]);
    case 'setDiagramField':
      return JSON.stringify([operation.type, operation.diagram, operation.key]);
    case 'setCellField':
      return JSON.stringify([operation.type, operation.diagram, operation.cell, operation.key]);
    case 'setThreatField':
      return JSON.stringify([operation.type, operation.diagram, operation.cell, operation.threat, operation.key]);
    case 'moveCell':
    case 'resizeCell':
    case 'turnCell':
    case 'nameCell':
    case 'setVertices':
      return JSON.stringify([operation.type, operation.diagram, operation.cell]);
    case 'placeLabel':
      // One without an offset keeps what another has set.
      return JSON.stringify([operation.type, operation.diagram, operation.cell, operation.offset !== undefined]);
    default:
      return String(index);
  }
}
