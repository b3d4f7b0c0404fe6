/// Drafts: what has been done to a model, kept in the browser after every step, so that nothing is lost with
/// the page, the network or the sign-in.

/** One model's draft. */
export interface Draft {
  /** The model's, and where it is signed in to, the person's. */
  readonly key: string;
  readonly fileName: string;
  readonly title: string;
  /** The text before the first step that is kept. */
  readonly base: string;
  /** The text that was read or saved last, and its version. */
  readonly saved: string;
  readonly version: string;
  /** The steps as a journal, and how many of them are done. */
  readonly steps: string;
  readonly done: number;
  /** Whether there is something in it that is not saved. */
  readonly changed: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly handle: FileSystemFileHandle | null;
}

const NAME = 'wyvern';
const STORE = 'drafts';
/** How long a draft is kept in which all is saved: it is only there for undoing. In milliseconds. */
const SAVED_FOR = 7 * 24 * 3_600_000;

/** Rejects where the browser keeps nothing, or has no room. */
export class Drafts {
  readonly #factory: IDBFactory | undefined;
  #database: Promise<IDBDatabase> | undefined;

  constructor(factory: IDBFactory | undefined) {
    this.#factory = factory;
  }

  async get(key: string): Promise<Draft | undefined> {
    return this.#do<Draft | undefined>('readonly', (store) => store.get(key));
  }

  async put(draft: Draft): Promise<void> {
    await this.#do('readwrite', (store) => store.put(draft));
  }

  async delete(key: string): Promise<void> {
    await this.#do('readwrite', (store) => store.delete(key));
  }

  /** All of them, the newest first. */
  async list(): Promise<Draft[]> {
    const all = await this.#do<Draft[]>('readonly', (store) => store.getAll());
    return all.toSorted((a, b) => b.at - a.at);
  }

  /** Takes away those that have long been there only for undoing. */
  async prune(now: number): Promise<void> {
    for (const { key, changed, at } of await this.list()) {
      if (!changed && now - at > SAVED_FOR) await this.delete(key);
    }
  }

  async #do<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const database = await (this.#database ??= this.#open());
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(STORE, mode);
      const request = ask(transaction.objectStore(STORE));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? new Error('the browser gave up'));
    });
  }

  #open(): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
      if (!this.#factory) throw new Error('this browser keeps nothing');
      const opening = this.#factory.open(NAME, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: 'key' });
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error ?? new Error('the browser gave up'));
    });
  }
}

/** Writes one draft after the other; while one is being written, of those that come only the last counts. */
export class DraftKeeper {
  readonly #drafts: Drafts;
  readonly #written: (draft: Draft, kept: boolean) => void;
  #next: Draft | null = null;
  #writing = false;

  constructor(drafts: Drafts, written: (draft: Draft, kept: boolean) => void) {
    this.#drafts = drafts;
    this.#written = written;
  }

  keep(draft: Draft): void {
    this.#next = draft;
    if (!this.#writing) void this.#write();
  }

  /** What is not yet being written is not written any more. */
  forget(): void {
    this.#next = null;
  }

  async #write(): Promise<void> {
    this.#writing = true;
    while (this.#next) {
      const draft = this.#next;
      this.#next = null;
      const kept = await this.#drafts.put(draft).then(
        () => true,
        () => false,
      );
      this.#written(draft, kept);
    }
    this.#writing = false;
  }
}

/** The browser's: a page of a strict browser may not even ask for it. */
export const drafts = new Drafts(factoryOf(window));

function factoryOf(view: Window): IDBFactory | undefined {
  try {
    return view.indexedDB;
  } catch {
    return undefined;
  }
}
