/// What the rules answer about a model: asked once, and again after a failure when somebody wants that.
import { Problem } from '../../api/problem.ts';
import type { Suggestions } from '../../api/suggestions.ts';

const NOTHING: Suggestions = { suggestions: [], left_out: 0, faults: [] };

export class Asking {
  answer: Suggestions = $state.raw(NOTHING);
  problem: Problem | null = $state.raw(null);
  busy = $state(false);
  readonly #ask: (signal: AbortSignal) => Promise<Suggestions>;
  #call = new AbortController();

  constructor(ask: (signal: AbortSignal) => Promise<Suggestions>) {
    this.#ask = ask;
  }

  async ask(): Promise<void> {
    this.stop();
    const { signal } = (this.#call = new AbortController());
    this.busy = true;
    try {
      const answer = await this.#ask(signal);
      if (!signal.aborted) [this.answer, this.problem] = [answer, null];
    } catch (thrown) {
      if (!signal.aborted) this.problem = Problem.of(thrown);
    }
    if (!signal.aborted) this.busy = false;
  }

  stop(): void {
    this.#call.abort();
  }
}
