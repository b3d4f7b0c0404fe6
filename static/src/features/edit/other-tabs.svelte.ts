/// Whether other tabs of this browser work on the same model: they do not see what is not saved here.

interface Message {
  readonly key: string;
  /** Who opens a model asks; who has it open answers; who closes it says so. */
  readonly says: 'who else?' | 'I' | 'no more';
}

export class OtherTabs {
  readonly #makeChannel: () => BroadcastChannel;
  readonly #key: string;
  /** Null while the page is away. */
  #channel: BroadcastChannel | null = null;
  /** Whether there is one. */
  open = $state(false);

  constructor(makeChannel: () => BroadcastChannel, key: string) {
    this.#makeChannel = makeChannel;
    this.#key = key;
    this.join();
  }

  /** Also again, for a page that comes back after it was left. */
  join(): void {
    if (this.#channel) return;
    this.#channel = this.#makeChannel();
    this.#channel.onmessage = (event: MessageEvent<Message>) => this.#hear(event.data);
    this.#say('who else?');
  }

  leave(): void {
    if (!this.#channel) return;
    this.#channel.onmessage = null;
    this.#say('no more');
    this.#channel.close();
    this.#channel = null;
    this.open = false;
  }

  #hear({ key, says }: Message): void {
    if (key !== this.#key) return;
    if (says === 'who else?') this.#say('I');
    this.open = says !== 'no more';
    // One has gone: there may be more.
    if (says === 'no more') this.#say('who else?');
  }

  #say(says: Message['says']): void {
    this.#channel?.postMessage({ key: this.#key, says });
  }
}
