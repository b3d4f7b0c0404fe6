/// Where the person is now: the browser's address, as state.
import { href, parsePlace, type Destination, type Place } from './routes.ts';

class Here {
  #place = $state.raw<Place>(parsePlace(window.location.hash));
  #visits = $state(0);

  constructor() {
    window.addEventListener('hashchange', () => this.#arrive());
  }

  get place(): Place {
    return this.#place;
  }

  /** Goes up with each move to another place, but not when `refine` adjusts the present one. */
  get visits(): number {
    return this.#visits;
  }

  /** Adjusts the present place (such as the words searched for) without a new step in the history. */
  refine(place: Destination): void {
    window.history.replaceState(null, '', href(place));
    this.#place = place;
  }

  /** Goes elsewhere in place of the present step, so that Back does not return to it. */
  replaceWith(address: string): void {
    window.history.replaceState(null, '', address);
    this.#arrive();
  }

  #arrive(): void {
    this.#place = parsePlace(window.location.hash);
    this.#visits += 1;
  }
}

export const here = new Here();
