/// What the branch of a model brings to take from: asked for when somebody wants it, and kept while the model is open.
import type { Library } from '../../api/library.ts';
import type { KeptThreat } from '../../model/library.ts';
import { Asking } from '../suggest/asking.svelte.ts';
import { ownFirst } from './finding.ts';

const NOTHING: Library = { threats: [], mitigations: [], faults: [] };

export class Shelf {
  readonly #asking: Asking<Library>;
  #isAsked = false;
  readonly threats = $derived.by(() => ownFirst(this.#asking.answer.threats));
  readonly mitigations = $derived.by(() => ownFirst(this.#asking.answer.mitigations));
  readonly #byId: ReadonlyMap<string, KeptThreat> = $derived(new Map(this.threats.map((each) => [each.id, each])));

  constructor(ask: (signal: AbortSignal) => Promise<Library>) {
    this.#asking = new Asking(NOTHING, ask);
  }

  get faults() {
    return this.#asking.answer.faults;
  }

  get busy(): boolean {
    return this.#asking.busy;
  }

  get problem() {
    return this.#asking.problem;
  }

  threat(id: string): KeptThreat | undefined {
    return this.#byId.get(id);
  }

  /** Asks unless that has been done; after a failure again. */
  async want(): Promise<void> {
    if (this.#isAsked && (this.busy || !this.problem)) return;
    this.#isAsked = true;
    await this.#asking.ask();
  }

  leave(): void {
    this.#asking.stop();
  }
}
