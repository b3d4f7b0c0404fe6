/// What the server answers: asked once, and again after a failure when somebody wants that.
import { Problem } from '../../api/problem.ts';

export class Asking<Answer> {
  /** Until there is one, what was given as nothing. */
  answer: Answer;
  problem: Problem | null = $state.raw(null);
  busy = $state(false);
  readonly #ask: (signal: AbortSignal) => Promise<Answer>;
  #call = new AbortController();

  constructor(nothing: Answer, ask: (signal: AbortSignal) => Promise<Answer>) {
    this.answer = $state.raw(nothing);
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
