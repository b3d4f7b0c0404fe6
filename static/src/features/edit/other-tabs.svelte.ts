/// Whether other tabs of this browser work on the same model: they share one draft.

interface Message {
  readonly key: string;
  /** Who opens a model asks; who has it open answers; who closes it says so. */
  readonly says: 'who else?' | 'I' | 'no more';
}

export class OtherTabs {
  readonly #channel: BroadcastChannel;
  readonly #key: string;
  /** Whether there is one. */
  open = $state(false);

  constructor(channel: BroadcastChannel, key: string) {
    this.#channel = channel;
    this.#key = key;
    channel.onmessage = (event: MessageEvent<Message>) => this.#hear(event.data);
    this.#say('who else?');
  }

  close(): void {
    this.#channel.onmessage = null;
    this.#say('no more');
    this.#channel.close();
  }

  #hear({ key, says }: Message): void {
    if (key !== this.#key) return;
    if (says === 'who else?') this.#say('I');
    this.open = says !== 'no more';
    // One has gone: there may be more.
    if (says === 'no more') this.#say('who else?');
  }

  #say(says: Message['says']): void {
    this.#channel.postMessage({ key: this.#key, says });
  }
}
