/// Drafts: what has been done to a model, kept in the browser soon after each step, so that nothing is lost
/// with the page, the network or the sign-in.

/** One model's draft. */
export interface Draft extends Texts {
  /** The model's, and where it is signed in to, the person's. */
  readonly key: string;
  readonly fileName: string;
  readonly title: string;
  /** The version of the text that was read or saved last. */
  readonly version: string;
  /** The steps as a journal, and how many of them are done. */
  readonly steps: string;
  readonly done: number;
  /** The text as it is now: should the steps not be understood any more, nothing is lost but undoing. */
  readonly text: string;
  /** Whether there is something in it that is not saved. */
  readonly changed: boolean;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly handle: FileSystemFileHandle | null;
}

/** What stays the same from step to step, and is therefore written once. */
interface Texts {
  /** The text before the first step that is kept. */
  readonly base: string;
  /** The text that was read or saved last. */
  readonly saved: string;
}

/** A draft as it is stored: its texts are in another place. */
interface Stored {
  readonly key: string;
  readonly state: Omit<Draft, keyof Texts>;
  readonly texts: string;
}

const NAME = 'wyvern';
const DRAFTS = 'drafts';
const TEXTS = 'texts';
/** How long a draft is kept in which all is saved: it is only there for undoing. In milliseconds. */
const SAVED_FOR = 7 * 24 * 3_600_000;

/** Rejects where the browser keeps nothing, or has no room. */
export class Drafts {
  readonly #factory: IDBFactory | undefined;
  #database: Promise<IDBDatabase> | undefined;
  /** The texts that this page has read or written, each with its place. */
  readonly #known = new Map<string, Texts & { readonly place: string }>();

  constructor(factory: IDBFactory | undefined) {
    this.#factory = factory;
  }

  async get(key: string): Promise<Draft | undefined> {
    return this.#do('readonly', async (drafts, texts) => {
      const stored = await answer<Stored | undefined>(drafts.get(key));
      const found = stored && (await answer<Texts | undefined>(texts.get(stored.texts)));
      if (found) this.#known.set(key, { ...found, place: stored.texts });
      return stored && whole(stored, found);
    });
  }

  async put(draft: Draft): Promise<void> {
    const { base, saved, ...state } = draft;
    const known = this.#known.get(draft.key);
    const place =
      known?.base === base && known.saved === saved ? known.place : `${draft.key} ${draft.at} ${Math.random()}`;
    await this.#do('readwrite', async (drafts, texts) => {
      // Another page may have taken them away meanwhile.
      if ((await answer(texts.count(place))) === 0) texts.put({ base, saved }, place);
      if (known && known.place !== place) texts.delete(known.place);
      drafts.put({ key: draft.key, state, texts: place } satisfies Stored);
    });
    this.#known.set(draft.key, { base, saved, place });
  }

  async delete(key: string): Promise<void> {
    await this.#do('readwrite', async (drafts, texts) => {
      const stored = await answer<Stored | undefined>(drafts.get(key));
      if (stored) texts.delete(stored.texts);
      drafts.delete(key);
    });
  }

  /** All of them, the newest first. */
  async list(): Promise<Draft[]> {
    return this.#do('readonly', async (drafts, texts) => {
      const all = await answer<Stored[]>(drafts.getAll());
      const read = all.map(async (stored) => whole(stored, await answer<Texts | undefined>(texts.get(stored.texts))));
      return (await Promise.all(read)).flatMap((draft) => draft ?? []).toSorted((a, b) => b.at - a.at);
    });
  }

  /** Takes away those that have long been there only for undoing, and texts of which there is no draft. */
  async prune(now: number): Promise<void> {
    await this.#do('readwrite', async (drafts, texts) => {
      const all = await answer<Stored[]>(drafts.getAll());
      const [gone, left] = [true, false].map((old) => all.filter((each) => isOld(each, now) === old));
      for (const { key } of gone ?? []) drafts.delete(key);
      const used = new Set(left?.map((each) => each.texts));
      for (const place of await answer(texts.getAllKeys())) {
        if (typeof place === 'string' && !used.has(place)) texts.delete(place);
      }
    });
  }

  async #do<T>(
    mode: IDBTransactionMode,
    work: (drafts: IDBObjectStore, texts: IDBObjectStore) => Promise<T>,
  ): Promise<T> {
    const database = await (this.#database ??= this.#open());
    const transaction = database.transaction([DRAFTS, TEXTS], mode);
    const done = new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? gaveUp());
    });
    const [result] = await Promise.all([work(transaction.objectStore(DRAFTS), transaction.objectStore(TEXTS)), done]);
    return result;
  }

  /** A database that could not be opened, or has been closed, is opened anew by the next who asks. */
  #open(): Promise<IDBDatabase> {
    const again = () => (this.#database = undefined);
    const opened = new Promise<IDBDatabase>((resolve, reject) => {
      if (!this.#factory) throw new Error('this browser keeps nothing');
      const opening = this.#factory.open(NAME, 2);
      opening.onupgradeneeded = () => {
        const { result: database } = opening;
        for (const name of database.objectStoreNames) database.deleteObjectStore(name);
        database.createObjectStore(DRAFTS, { keyPath: 'key' });
        database.createObjectStore(TEXTS);
      };
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error ?? gaveUp());
    });
    opened.then((database) => {
      database.onclose = again;
      database.onversionchange = () => {
        database.close();
        again();
      };
    }, again);
    return opened;
  }
}

function isOld({ state: { changed, at } }: Stored, now: number): boolean {
  return !changed && now - at > SAVED_FOR;
}

/** Without its texts a draft is none. */
function whole({ state }: Stored, texts: Texts | undefined): Draft | undefined {
  return texts && { ...state, ...texts };
}

function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? gaveUp());
  });
}

function gaveUp(): Error {
  return new Error('the browser gave up');
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
