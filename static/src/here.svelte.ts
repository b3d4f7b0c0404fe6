/// Where the person is now: the browser's address, as state.
import { href, parsePlace, subjectOf, type Destination, type Place } from './routes.ts';

/** Told when the person is about to leave a subject; true when that must wait until it is asked. */
export type Guard = (goOn: () => void) => boolean;

class Here {
  #place = $state.raw<Place>(parsePlace(window.location.hash));
  #visits = $state(0);
  #guard: Guard | null = null;
  /** The number of the browser's present step, kept in each step's state: tells Back from Forward. */
  #step = stepOf(window.history.state) ?? 0;
  /** Whether the next change of the address is one of our own, back to the page that is shown. */
  #returning = false;

  constructor() {
    window.history.replaceState({ step: this.#step }, '');
    window.addEventListener('hashchange', () => this.#changed());
  }

  get place(): Place {
    return this.#place;
  }

  /** Goes up with each move to another place, but not when only something of the present one changes. */
  get visits(): number {
    return this.#visits;
  }

  /** Asks `guard` before the person leaves the present subject. Gives what ends that. */
  guard(guard: Guard): () => void {
    this.#guard = guard;
    return () => {
      if (this.#guard === guard) this.#guard = null;
    };
  }

  /** Adjusts the present place (such as the words searched for) without a new step in the history. */
  refine(place: Destination): void {
    window.history.replaceState(window.history.state, '', href(place));
    this.#place = place;
  }

  /** Adjusts the present place as a step of its own, which Back undoes. */
  step(place: Destination): void {
    this.#step += 1;
    window.history.pushState({ step: this.#step }, '', href(place));
    this.#place = place;
  }

  /** Goes elsewhere, as by a link. */
  go(place: Destination): void {
    window.location.hash = href(place);
  }

  /** Goes elsewhere in place of the present step, so that Back does not return to it. */
  replaceWith(address: string): void {
    window.history.replaceState(window.history.state, '', address);
    this.#arrive();
  }

  #changed(): void {
    if (this.#returning) {
      this.#returning = false;
      return;
    }
    const next = parsePlace(window.location.hash);
    const leaves = subjectOf(next) !== subjectOf(this.#place);
    const by = this.#stepsTo();
    if (leaves && this.#guard?.(() => this.#goOn(by.address, by.steps))) {
      this.#returning = true;
      window.history.go(by.steps === null ? -1 : -by.steps);
      return;
    }
    this.#arrive();
  }

  /** How the browser came to where it is: by steps through its history, or (null) by a new one. */
  #stepsTo(): { address: string; steps: number | null } {
    const step = stepOf(window.history.state);
    return { address: window.location.hash, steps: step === null ? null : step - this.#step };
  }

  /** What was held up goes on, unasked. */
  #goOn(address: string, steps: number | null): void {
    this.#guard = null;
    if (steps === null) window.location.hash = address;
    else window.history.go(steps);
  }

  #arrive(): void {
    const before = this.#place;
    const step = stepOf(window.history.state);
    this.#step = step ?? this.#step + 1;
    if (step === null) window.history.replaceState({ step: this.#step }, '');
    this.#place = parsePlace(window.location.hash);
    const drawn = this.#place.page === 'edit' || this.#place.page === 'file';
    if (!drawn || subjectOf(before) !== subjectOf(this.#place)) this.#visits += 1;
  }
}

function stepOf(state: unknown): number | null {
  if (typeof state !== 'object' || state === null || !('step' in state)) return null;
  return typeof state.step === 'number' ? state.step : null;
}

export const here = new Here();
