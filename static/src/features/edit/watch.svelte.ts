/// Whether others have saved the model that is open, and whether the server can be reached: asked once in a while as
/// long as the page is seen.
import { newerVersion } from '../../api/calls.ts';
import { Problem } from '../../api/problem.ts';
import type { ModelAddress } from '../../routes.ts';
import { arrivalsSince, type Arrivals } from './arrival.ts';
import { passes } from './trouble.ts';
import type { Work } from './work.svelte.ts';

/** How long after an answer it is asked again, in milliseconds; twice as long after each failure, up to the most. */
const EVERY = 60_000;
const MOST = 16 * EVERY;

/** What others have saved. */
export interface Behind extends Arrivals {
  /** The version that the page has, and the one that is there. */
  readonly known: string;
  readonly version: string;
}

/** How the server is asked. */
export interface Source {
  newer(known: string): Promise<string | null>;
  arrivals(known: string): Promise<Arrivals>;
}

/** Whether the page can reach the server, as far as it knows. */
export type Reach = 'online' | 'offline' | 'unreachable' | 'signed-out';

export class Watch {
  reach: Reach = $state('online');
  /** Whether the model is not there any more. */
  gone = $state(false);
  #found: Behind | null = $state.raw(null);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #asking = false;
  readonly #work: Work;
  readonly #source: Source;

  constructor(work: Work, source: Source) {
    this.#work = work;
    this.#source = source;
  }

  /** What others have saved since the version that the page has. */
  get behind(): Behind | null {
    return this.#found?.known === this.#work.version ? this.#found : null;
  }

  /** Begins; what comes back ends it. */
  start(): () => void {
    const ends = new AbortController();
    const { signal } = ends;
    window.addEventListener('online', () => this.#back(), { signal });
    window.addEventListener('offline', () => (this.reach = 'offline'), { signal });
    document.addEventListener('visibilitychange', () => void this.look(), { signal });
    if (!navigator.onLine) this.reach = 'offline';
    this.#later();
    return () => {
      ends.abort();
      clearTimeout(this.#timer);
    };
  }

  /** Asks now, unless nobody sees it or it is of no use. */
  async look(): Promise<void> {
    if (document.hidden || !navigator.onLine || this.#asking) return;
    if (this.#work.saving) return this.#later();
    this.#asking = true;
    try {
      await this.#ask();
      this.#answered();
    } catch (thrown) {
      this.#failed(Problem.of(thrown));
    } finally {
      this.#asking = false;
      this.#later();
    }
  }

  async #ask(): Promise<void> {
    const known = this.#work.version;
    const version = await this.#source.newer(known);
    if (version === null || version === this.behind?.version) return;
    const arrivals = await this.#source.arrivals(known);
    // A save of our own may have come between.
    if (!this.#work.saving && this.#work.version === known) this.#found = { known, version, ...arrivals };
  }

  #answered(): void {
    this.#failures = 0;
    this.reach = 'online';
    this.gone = false;
    if (passes(this.#work.problem)) void this.#work.save();
  }

  #failed({ status }: Problem): void {
    this.#failures += 1;
    this.gone = status === 404;
    if (status === 401) this.reach = 'signed-out';
    else if (status === 0) this.reach = navigator.onLine ? 'unreachable' : 'offline';
  }

  #back(): void {
    this.reach = 'online';
    this.#failures = 0;
    void this.look();
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.look(), Math.min(EVERY * 2 ** this.#failures, MOST));
  }
}

/** The server, about a model that is kept with a provider. */
export function sourceOf(at: ModelAddress): Source {
  return {
    newer: (known) => newerVersion(at, known),
    arrivals: (known) => arrivalsSince(at, { since: known, commit: '' }),
  };
}
