/// What is known of the models of a branch: asked for in few calls, and only for those that somebody looks at.
import { SvelteMap } from 'svelte/reactivity';
import { CARDS_MAX, type Card } from '../../api/models.ts';
import { Problem } from '../../api/problem.ts';

export type AskForCards = (names: readonly string[], changed: boolean, signal: AbortSignal) => Promise<readonly Card[]>;

/** How long it is waited for more that are wanted at once, in milliseconds. */
const GATHER = 50;

export class CardShelf {
  readonly #ask: AskForCards;
  readonly #cards = new SvelteMap<string, Card>();
  /** Those of which it is known when they were changed, as far as that can be known. */
  readonly #complete = new Set<string>();
  readonly #wanted = new Set<string>();
  readonly #leaving = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asking = false;
  /** Why the last ones could not be had; they are asked for again by `retry`. */
  problem: Problem | null = $state.raw(null);

  constructor(ask: AskForCards) {
    this.#ask = ask;
  }

  get(name: string): Card | undefined {
    return this.#cards.get(name);
  }

  /** Gets everything about a model soon, together with others. */
  want(name: string): void {
    if (this.#complete.has(name)) return;
    this.#wanted.add(name);
    if (!this.problem) this.#soon();
  }

  /** Nobody looks at it any more. */
  unwant(name: string): void {
    this.#wanted.delete(name);
  }

  retry(): void {
    this.problem = null;
    this.#soon();
  }

  /** Gets all of these; `told` hears how many there are so far. @throws {Problem} */
  async all(
    names: readonly string[],
    changed: boolean,
    told: (done: number) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const lacking = names.filter((name) => !(changed ? this.#complete.has(name) : this.#cards.has(name)));
    const before = names.length - lacking.length;
    for (let start = 0; start < lacking.length; start += CARDS_MAX) {
      told(before + start);
      await this.#fetch(lacking.slice(start, start + CARDS_MAX), changed, signal);
    }
  }

  /** A model has another name, with all that is known of it. */
  rename(from: string, to: string): void {
    const card = this.#cards.get(from);
    if (card) this.#cards.set(to, { ...card, model: to });
    this.#complete.delete(from);
    this.#cards.delete(from);
  }

  /** Nothing that is still asked for arrives any more. */
  leave(): void {
    clearTimeout(this.#timer);
    this.#leaving.abort();
  }

  #soon(): void {
    if (this.#asking) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#askForWanted(), GATHER);
  }

  /** One call after the other, so that those that come into view meanwhile are next. */
  async #askForWanted(): Promise<void> {
    this.#asking = true;
    while (this.#wanted.size > 0 && !this.problem && !this.#leaving.signal.aborted) {
      // The last ones that were wanted are in view; those before may have been passed by.
      const names = [...this.#wanted].slice(-CARDS_MAX);
      try {
        await this.#fetch(names, true, this.#leaving.signal);
        for (const name of names) this.#wanted.delete(name);
      } catch (thrown) {
        if (!this.#leaving.signal.aborted) this.problem = Problem.of(thrown);
      }
    }
    this.#asking = false;
  }

  async #fetch(names: readonly string[], changed: boolean, signal: AbortSignal): Promise<void> {
    const cards = await this.#ask(names, changed, signal);
    for (const card of cards) {
      this.#cards.set(card.model, card);
      if (changed) this.#complete.add(card.model);
    }
  }
}
