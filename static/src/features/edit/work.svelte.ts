/// One model that is worked on: its editor, what of it is saved where, and its draft.
import type { Conflict } from '../../api/conflict.ts';
import { Problem } from '../../api/problem.ts';
import { Editor, type World } from '../../editor/editor.svelte.ts';
import { Document } from '../../model/document.ts';
import { History } from '../../model/history.ts';
import { stepsToText } from '../../model/journal.ts';
import { carried } from './carry.ts';
import { DraftKeeper, type Draft, type Drafts } from './drafts.ts';
import { savedUnread, type Home, type Saved, type Version } from './home.ts';
import { lacksSome, laterSteps, onto } from './rebase.ts';
import { resumed, type Extent } from './resume.ts';
import { documentOf } from './reading.ts';
import { settled } from './settle.ts';

/** How it stands with what has been done. */
export type Standing = 'saved' | 'saving' | 'unsaved' | 'kept';

/** How long after a step it is kept, with those that follow meanwhile, in milliseconds. */
const SOON = 300;

const RESUMED: Record<Extent, string> = {
  all: 'Your draft from this computer is continued.',
  text: 'Your draft from this computer is continued, but what was done before cannot be undone any more.',
  part: 'Your draft from this computer is continued, but only its first steps could be read.',
};

export class Work {
  readonly home: Home;
  readonly editor: Editor;
  /** Why it cannot be saved where it is; null when it can. */
  refusal: string | null = $state(null);
  /** Why the last save failed. */
  problem: Problem | null = $state.raw(null);
  /** What the person should know about the last save, or the opening. */
  news: readonly string[] = $state.raw([]);
  /** A draft of an older version, until it is decided what becomes of it. */
  stale: Draft | null = $state.raw(null);
  /** The commit of the last save; empty before it, and for files. */
  commit = $state('');
  /** Whether a model that was never saved has been discarded: then there is nothing to show. */
  isGone = $state(false);
  /** Whether the browser keeps drafts; undefined before the first. */
  keeps: boolean | undefined = $state();

  #saved: Version;
  /** The document with the saved text, where there is one: to see without comparing that nothing is changed. */
  #savedDocument: Document | null;
  #saving = $state(false);
  /** Whether saving was asked for during a gesture: then it is done at its end. */
  #savesAfter = false;
  /** The history that the newest draft holds, and the one that it will. */
  #kept: History | null = $state.raw(null);
  #asked: History | null = null;
  /** The history that the news are about. */
  #told: History | null = null;
  readonly #drafts: Drafts;
  readonly #keeper: DraftKeeper;
  /** Whether there is a draft that could not be read: nothing is written over it. */
  #unread = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #histories = new WeakMap<Draft, History>();
  readonly #world: World;

  /** Whether something is not saved. While a gesture is under way that is not looked at closely. */
  readonly changed: boolean = $derived.by(() => {
    const { document, busy } = this.editor;
    return document !== this.#savedDocument && (busy || !this.#isSaved(document));
  });
  readonly standing: Standing = $derived.by(() => {
    if (this.#saving) return 'saving';
    if (!this.changed) return 'saved';
    return this.#kept === this.editor.history ? 'kept' : 'unsaved';
  });

  constructor(home: Home, read: Version, document: Document, drafts: Drafts, world: World) {
    this.home = home;
    this.#saved = $state.raw(read);
    this.#savedDocument = $state.raw(document.text() === read.text ? document : null);
    this.#drafts = drafts;
    this.#world = world;
    this.editor = new Editor(History.of(document), document.diagrams.find(({ id }) => id !== null)?.id ?? 0, world);
    this.#keeper = new DraftKeeper(drafts, (draft, kept) => {
      this.keeps = kept;
      if (kept) this.#kept = this.#histories.get(draft) ?? null;
    });
  }

  get saving(): boolean {
    return this.#saving;
  }

  /** Whether it has never been saved anywhere. */
  get isNew(): boolean {
    return this.#saved.text === '';
  }

  get title(): string {
    return this.editor.document.title;
  }

  #isSaved(document: Document): boolean {
    const saved = this.#savedDocument;
    return saved ? document.sameText(saved) : document.text() === this.#saved.text;
  }

  /**
   * Takes up the draft that the browser has of this model, or says what is to be decided about it. Of a draft
   * with another key a copy is taken up: that one stays as it is.
   */
  async takeUp(from = this.home.key): Promise<void> {
    const draft = await this.#drafts.get(from).catch(() => {
      this.keeps = false;
      this.#unread = true;
    });
    void this.#drafts.prune(this.#world.now()).catch(() => undefined);
    if (!draft) return;
    const sameBase = draft.saved === this.#saved.text && draft.version === this.#saved.version;
    if (sameBase) this.#resume(draft, this.#savedDocument);
    else if (draft.changed) this.stale = draft;
    if (from !== this.home.key) this.#keep();
  }

  /** The draft of an older version goes on: saving it merges it. */
  continueDraft(): void {
    const draft = this.stale;
    this.stale = null;
    if (draft && this.#resume(draft, null)) {
      this.#tell('Your draft is continued, though the model has changed since.');
    }
  }

  async discardDraft(): Promise<void> {
    this.stale = null;
    await this.#drafts.delete(this.home.key).catch(() => undefined);
  }

  /** Keeps what has been done, as a draft, in a moment; to be called after each step. */
  keep(): void {
    const { history, busy } = this.editor;
    const isOpened = history.steps.length === 0 && this.home.lasts && !this.changed;
    if (history !== this.#told) this.news = [];
    if (!busy && !isOpened && history !== this.#asked) this.#keepSoon();
    if (!busy && this.#savesAfter) void this.save();
  }

  /** Keeps at once what is yet to be kept, as before the page is gone. */
  flush(): void {
    if (this.#timer !== undefined) this.#keep();
  }

  #keepSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (!this.editor.busy) this.#keep();
    }, SOON);
  }

  #keep(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.stale || this.#unread) return;
    const { history } = this.editor;
    const draft = this.#draft(history);
    this.#histories.set(draft, history);
    this.#asked = history;
    this.#keeper.keep(draft);
  }

  /** Saves it where it is kept. True when everything is saved now. */
  async save(): Promise<boolean> {
    this.#savesAfter = this.editor.busy;
    if (this.#savesAfter) this.editor.announce('It is saved when this is finished.');
    if (this.#saving || this.refusal !== null || this.editor.busy) return false;
    if (!this.changed) {
      this.#tell('Nothing to save: nothing has been changed.');
      return true;
    }
    const { history } = this.editor;
    this.#saving = true;
    this.problem = null;
    try {
      const saved = await this.home.save(history.document.text(), this.#saved);
      if (saved) this.#settle(saved, history);
    } catch (thrown) {
      this.#fail(Problem.of(thrown));
    } finally {
      this.#saving = false;
    }
    this.#keep();
    return !this.changed;
  }

  /**
   * Saves where ours collides with theirs: first with theirs at each of these places, which merges all the rest,
   * then what is to be `kept` of ours. True when everything is saved now.
   */
  async settle(conflicts: readonly Conflict[], kept: readonly Conflict[]): Promise<boolean> {
    if (this.#saving || this.refusal !== null || this.editor.busy) return false;
    const { history } = this.editor;
    const ours = history.document;
    this.#saving = true;
    this.problem = null;
    try {
      const theirs = documentOf((await this.home.read()).text);
      const saved = await this.home.save(settled(ours, theirs, conflicts).text(), this.#saved);
      if (saved) this.#goOn(saved, history, (merged) => settled(merged, ours, kept));
    } catch (thrown) {
      const problem = Problem.of(thrown);
      // After a collision somebody has saved once more: saving asks anew.
      if (problem.status !== 409) this.#fail(problem);
    } finally {
      this.#saving = false;
    }
    return this.problem === null && this.#saveRest();
  }

  async #saveRest(): Promise<boolean> {
    const { news } = this;
    if (this.changed && !(await this.save())) return false;
    this.#tell(...news);
    return true;
  }

  /** Drops what is not saved for what is there now. */
  async loadTheirs(): Promise<void> {
    if (this.#saving || this.editor.busy) return;
    const { history } = this.editor;
    this.#saving = true;
    try {
      const read = await this.home.read();
      this.problem = null;
      if (this.editor.history === history) this.#show(read);
      else this.#tell('Nothing was loaded, because you have changed something meanwhile.');
    } catch (thrown) {
      this.problem = Problem.of(thrown);
    } finally {
      this.#saving = false;
    }
    this.#keep();
  }

  #show(read: Version): void {
    const document = documentOf(read.text);
    this.#begin(read, History.of(document), document);
    this.#tell('The model is shown as it is saved now; your changes were dropped.');
  }

  /** Drops what is not saved, and the draft. */
  async discard(): Promise<void> {
    const { isNew } = this;
    if (isNew) this.isGone = true;
    else {
      const document = documentOf(this.#saved.text);
      this.#begin(this.#saved, History.of(document), document);
      this.#tell('Your changes were discarded.');
    }
    this.problem = null;
    this.#asked = this.editor.history;
    this.#unread = false;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#keeper.forget();
    await this.#drafts.delete(this.home.key).catch(() => undefined);
    // A file is opened again from its draft, even when nothing in it is unsaved.
    if (!isNew && !this.home.lasts) this.#keep();
  }

  #settle(saved: Saved, sent: History): void {
    if (saved.merged) return this.#goOn(saved, sent);
    this.commit = saved.commit ?? '';
    this.#saved = saved;
    this.#savedDocument = sent.document;
    this.news = saved.notes;
    this.editor.announce('Saved.');
  }

  /** Goes on from a merge, changed by `change`, with what has been done since it was sent. */
  #goOn(saved: Saved, sent: History, change = (merged: Document) => merged): void {
    const merged = mergedIn(saved);
    const { history: now } = this.editor;
    // What has been taken back since is taken back in what was merged, too.
    const { history, refused } = lacksSome(sent, now)
      ? { history: History.of(carried(sent.document, now.document, change(merged))), refused: [] }
      : onto(change(merged), laterSteps(sent, now));
    this.commit = saved.commit ?? '';
    this.#begin(saved, history, merged);
    const lost = refused.map((step) => `“${step.name}” did not fit any more and was left out.`);
    this.#tell('Saved. Merged changes from others; undoing begins anew from there.', ...saved.notes, ...lost);
  }

  #fail(problem: Problem): void {
    this.problem = problem;
    if (problem.status === 403) this.refusal = problem.detail || 'You may not save here.';
  }

  /** Puts another history in place of the present one. */
  #begin(read: Version, history: History, saved: Document | null): void {
    this.#saved = { text: read.text, version: read.version };
    this.#savedDocument = saved;
    this.editor.restart(history);
  }

  /** Whether the draft could be read. */
  #resume(draft: Draft, saved: Document | null): boolean {
    const found = resumed(draft);
    if (!found) {
      this.#unread = true;
      this.keeps = false;
      this.#tell(
        'The draft on this computer cannot be read any more, and is left as it is. The model is shown as it is saved.',
      );
      return false;
    }
    const { history, extent } = found;
    // Its documents share what has not changed, which makes comparing short.
    const base = draft.base === draft.saved ? history.base : saved;
    this.#begin({ text: draft.saved, version: draft.version }, history, extent === 'text' ? saved : base);
    this.#kept = this.#asked = history;
    if (draft.changed) this.#tell(RESUMED[extent]);
    return true;
  }

  #draft(history: History): Draft {
    return {
      key: this.home.key,
      fileName: this.home.fileName,
      title: this.title,
      base: history.base.text(),
      saved: this.#saved.text,
      version: this.#saved.version,
      steps: stepsToText(history.steps),
      done: history.done,
      text: history.document.text(),
      changed: this.changed,
      at: this.#world.now(),
      handle: this.home.handle ?? null,
    };
  }

  /** Says something that the next step puts away. */
  #tell(...news: string[]): void {
    this.news = news;
    this.#told = this.editor.history;
    for (const sentence of news) this.editor.announce(sentence);
  }
}

/** @throws {Problem} */
function mergedIn({ text }: Saved): Document {
  try {
    return documentOf(text);
  } catch {
    throw savedUnread();
  }
}
