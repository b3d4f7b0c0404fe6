/// The draft of one model that is worked on: written soon after each step, one after the other.
import { Problem } from '../../api/problem.ts';
import { t } from '../../i18n/translate.svelte.ts';
import type { History } from '../../model/history.ts';
import { DraftKeeper, type Draft, type Drafts } from './drafts.ts';

/** How long after a step it is kept, with those that follow meanwhile, in milliseconds. */
const SOON = 300;

export class Keeping {
  /** Whether the browser keeps drafts; undefined before the first. */
  works: boolean | undefined = $state();
  /** The history that the newest draft holds, and the one that it will. */
  #kept: History | null = $state.raw(null);
  #asked: History | null = null;
  /** Whether there is a draft that could not be read: nothing is written over it. */
  #unread = false;
  /** Whether the page of the model was left. */
  #ended = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #drafts: Drafts;
  readonly #keeper: DraftKeeper;
  readonly #histories = new WeakMap<Draft, History>();

  constructor(drafts: Drafts) {
    this.#drafts = drafts;
    this.#keeper = new DraftKeeper(drafts, (draft, kept) => {
      this.works = kept;
      if (kept) this.#kept = this.#histories.get(draft) ?? null;
    });
  }

  /** The draft of a model, if there is one; those that are long of no use are put away. */
  async find(key: string, now: number): Promise<Draft | undefined> {
    const draft = await this.#drafts.get(key).catch(() => {
      this.leave();
      return undefined;
    });
    void this.#drafts.prune(now).catch(() => undefined);
    return draft;
  }

  /** Whether there is a draft of another model in which something is not saved. */
  async hasUnsaved(key: string): Promise<boolean> {
    const draft = await this.#drafts.get(key).catch(() => undefined);
    return draft?.changed ?? false;
  }

  /** Leaves a draft as it is, that cannot be read: no other is written. */
  leave(): void {
    this.works = false;
    this.#unread = true;
  }

  /** Whether this is what the newest draft holds. */
  holds(history: History): boolean {
    return this.#kept === history;
  }

  /** Whether a draft of this is written, or about to be. */
  hasSeen(history: History): boolean {
    return this.#asked === history;
  }

  /** A history that comes from the draft is kept already. */
  takeUp(history: History): void {
    this.#kept = this.#asked = history;
  }

  /** Calls `write` in a moment, however often it is asked to. */
  soon(write: () => void): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      write();
    }, SOON);
  }

  /** Whether something is to be written in a moment. */
  get waits(): boolean {
    return this.#timer !== undefined;
  }

  write(history: History, draft: () => Draft): void {
    this.#wake();
    if (this.#unread) return;
    const made = draft();
    if (this.#ended) return void this.#settle(made);
    if (made.changed) askToKeep();
    this.#histories.set(made, history);
    this.#asked = history;
    this.#keeper.keep(made);
  }

  /** The page is left: another one may have the draft now, and nothing more is written. */
  end(): void {
    this.#ended = true;
  }

  /** A draft that all of is saved now is of no use, unless somebody has gone on with it. */
  async #settle({ key, text, changed }: Draft): Promise<void> {
    const there = await this.#drafts.get(key).catch(() => undefined);
    if (!changed && there?.text === text) await this.discard(key);
  }

  /** A draft for another place. @throws {Problem} when there is no room for what is not saved */
  async writeElsewhere(draft: Draft): Promise<void> {
    await this.#drafts.put(draft).catch(() => {
      if (draft.changed) throw new Problem(0, t('edit.draft-not-moved'), t('edit.draft-not-moved-detail'));
    });
  }

  /** Takes the draft away; the present history needs none. */
  async drop(key: string, present: History): Promise<void> {
    this.#asked = present;
    this.#unread = false;
    this.#wake();
    this.#keeper.forget();
    await this.#drafts.delete(key).catch(() => undefined);
  }

  /** Takes a draft away that was not taken up. */
  async discard(key: string): Promise<void> {
    await this.#drafts.delete(key).catch(() => undefined);
  }

  #wake(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

/** Whether the browser has been asked. */
let asked = false;

/** A browser that is short of room takes away what it was not asked to keep. */
function askToKeep(): void {
  if (asked) return;
  asked = true;
  void navigator.storage?.persist?.().catch(() => false);
}
