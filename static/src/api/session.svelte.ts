/// Who is signed in, as far as this page knows.
///
/// What proves it is a cookie that no script can read: the page asks the server who it is, and never
/// holds or reads a token.
import { keep, recall } from '../kept.ts';
import type { Provider } from '../providers.ts';
import { recallInTab, rememberInTab } from './tab-storage.ts';

/** The signed-in person, at one provider. */
export interface Person {
  provider: Provider;
  username: string;
}

const RETURN_TO = 'wyvern.return-to';
/** Proves nothing: it spares the server the question of those who have never signed in. */
const SIGNED_IN = 'signed-in';

export class Session {
  readonly #otherTabs: BroadcastChannel;
  #person = $state.raw<Person | null | undefined>(undefined);
  #expired = $state(false);
  #renewals = $state(0);
  #isOthers = false;
  /** Of those whose page is not to be taken away: whether something would be lost with it. */
  readonly #atWork = new Set<() => boolean>();

  /** `otherTabs` reaches those that share its cookies. */
  constructor(otherTabs: BroadcastChannel) {
    this.#otherTabs = otherTabs;
    otherTabs.onmessage = (event: MessageEvent<Person | null>) => this.#adopt(event.data);
  }

  /** The signed-in person; null when nobody is signed in; undefined until the server was asked. */
  get person(): Person | null | undefined {
    return this.#person;
  }

  /** Whether somebody has signed in with this browser, and has not been seen to leave. */
  get isLikely(): boolean {
    return recall(SIGNED_IN) !== null;
  }

  /** Whether the session ended by itself, rather than by signing out. */
  get expired(): boolean {
    return this.#expired;
  }

  /** How often the same person has signed in again in another tab. */
  get renewals(): number {
    return this.#renewals;
  }

  hold(person: Person): void {
    this.#person = person;
    this.#isOthers = false;
    this.#expired = false;
    keep(SIGNED_IN, 'yes');
  }

  end(reason: 'signed-out' | 'expired'): void {
    this.#person = null;
    this.#expired = reason === 'expired';
    keep(SIGNED_IN, null);
  }

  /** The server has refused who was signed in. The page of somebody at work stays: they are asked when they save. */
  expire(): void {
    if (this.#atWork.size === 0) this.end('expired');
  }

  /** Somebody is at work, until they leave; `loses` says whether something would be lost with their page. */
  work(loses: () => boolean): () => void {
    this.#atWork.add(loses);
    return () => this.#atWork.delete(loses);
  }

  /** Tells the other tabs who is signed in now: they must not go on under another name. */
  announce(): void {
    this.#otherTabs.postMessage(this.#person ?? null);
  }

  /** Remembers, across the trip to the provider, the address to come back to. */
  leaveFor(returnTo: string): void {
    rememberInTab(RETURN_TO, returnTo);
  }

  /** The address kept by `leaveFor`, once; null when no sign-in was begun in this tab. */
  takeReturn(): string | null {
    const address = recallInTab(RETURN_TO);
    rememberInTab(RETURN_TO, null);
    return address;
  }

  /** Whether somebody else has signed in, in another tab: nothing may be changed here under their name. */
  get isOthers(): boolean {
    return this.#isOthers;
  }

  /** What another tab says. A page that shows the same person is left alone, and one with which something is lost. */
  #adopt(person: Person | null): void {
    const same = person?.provider === this.#person?.provider && person?.username === this.#person?.username;
    const stays = same || [...this.#atWork].some((loses) => loses());
    if (same) this.#renewals += 1;
    if (stays) this.#isOthers = !same && person !== null;
    else if (person) this.hold(person);
    else this.end('signed-out');
  }
}
