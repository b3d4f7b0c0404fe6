/// One model that is worked on: its editor, what of it is saved where, and its draft.
import { Problem } from '../../api/problem.ts';
import { Editor } from '../../editor/editor.svelte.ts';
import { Document } from '../../model/document.ts';
import { History } from '../../model/history.ts';
import { t } from '../../i18n/translate.svelte.ts';
import type { Arrival } from './arrival.ts';
import { draftOf } from './draft-of.ts';
import { Decisions, type Choice } from './decisions.svelte.ts';
import type { Draft, Drafts } from './drafts.ts';
import { asMerged, savedUnread, understood, type Home, type Saved, type Version } from './home.ts';
import { Keeping } from './keeping.svelte.ts';
import { decided } from './merge.ts';
import { carriedUpon } from './merging.ts';
import { movedTo } from './moving.ts';
import { documentOf, problemOf } from './reading.ts';
import { leadingTo } from './rebase.ts';
import type { Numbers } from './renumbering.ts';
import { resumed } from './resume.ts';
import { SavedState } from './saved-state.ts';
import { refusalOf, refusalWords, type Refusal } from './trouble.ts';
import type { WorkWorld } from './world.ts';

/** How it stands with what has been done. */
export type Standing = 'saved' | 'saving' | 'unsaved' | 'kept';

export class Work {
  readonly home: Home;
  readonly editor: Editor;
  /** Why it cannot be saved where it is; null when it can. */
  refusal: Refusal | null = $state.raw(null);
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
  /** What has been decided about what collides. */
  readonly decisions = new Decisions();
  /** What came in last from others, until that is put away. */
  arrival: Arrival | null = $state.raw(null);
  saving = $state(false);
  /** Whether what is under way only loads what others have saved. */
  #loads = $state(false);
  /** How often saving has been asked for without a title. */
  untitled = $state(0);

  #saved: SavedState;
  /** Whether saving was asked for during a gesture: then it is done at its end. */
  #savesAfter = false;
  /** What the person has said about what is not saved yet. */
  #message = '';
  /** The history that the news are about. */
  #told: History | null = null;
  readonly #keeping: Keeping;
  readonly #world: WorkWorld;
  /** What was sent last: what the problem is about. */
  #sent: Document | null = null;

  /** Whether something is not saved. While a gesture is under way that is not looked at closely. */
  readonly changed: boolean = $derived.by(() => {
    const { document, busy } = this.editor;
    return document !== this.#saved.document && (busy || !this.#saved.has(document));
  });
  readonly standing: Standing = $derived.by(() => {
    if (this.saving && !this.#loads) return 'saving';
    if (!this.changed) return 'saved';
    return this.#keeping.holds(this.editor.history) ? 'kept' : 'unsaved';
  });

  constructor(home: Home, read: Version, document: Document, drafts: Drafts, world: WorkWorld) {
    this.home = home;
    this.#keeping = new Keeping(drafts);
    this.#world = world;
    this.editor = new Editor(History.of(document), document.diagrams.find(({ id }) => id !== null)?.id ?? 0, world);
    this.#saved = $state.raw(
      new SavedState(read, document.text() === read.text ? document : null, this.editor.history),
    );
  }

  /** Whether the browser keeps drafts; undefined before the first. */
  get keeps(): boolean | undefined {
    return this.#keeping.works;
  }

  /** Whether it has never been saved anywhere. */
  get isNew(): boolean {
    return this.#saved.version.text === '';
  }

  /** The version that was read or saved last. */
  get version(): string {
    return this.#saved.version.version;
  }

  /** The text of that version. */
  get savedText(): string {
    return this.#saved.version.text;
  }

  get title(): string {
    return this.editor.document.title;
  }

  /**
   * Takes up the draft that the browser has of this model, or says what is to be decided about it. Of a draft
   * with another key a copy is taken up: that one stays as it is.
   */
  async takeUp(from = this.home.key): Promise<void> {
    const draft = await this.#keeping.find(from, this.#world.now());
    if (!draft) return;
    const sameBase = draft.saved === this.#saved.version.text && draft.version === this.#saved.version.version;
    if (sameBase) this.#resume(draft, this.#saved.document);
    else if (draft.changed) this.stale = draft;
    if (from !== this.home.key) this.#keep();
  }

  /** The draft of an older version goes on: saving it merges it. */
  continueDraft(): void {
    const draft = this.stale;
    this.stale = null;
    if (draft && this.#resume(draft, null)) {
      this.#tell(t('edit.resumed-stale'));
    }
  }

  async discardDraft(): Promise<void> {
    this.stale = null;
    await this.#keeping.discard(this.home.key);
  }

  /** Keeps what has been done, as a draft, in a moment; to be called after each step. */
  keep(): void {
    const { history, busy } = this.editor;
    const isOpened = history.steps.length === 0 && this.home.lasts && !this.changed;
    if (history !== this.#told) this.news = [];
    if (!busy && !isOpened && !this.#keeping.hasSeen(history)) this.#keepSoon();
    if (!busy && this.#savesAfter) void this.save();
  }

  /** Keeps at once what is yet to be kept, as before the page is gone. */
  flush(): void {
    this.editor.enterTyped();
    this.keep();
    if (this.#keeping.waits) this.#keep();
  }

  /** The page is left: whoever has its draft next goes on with it. A file of this computer stays open. */
  leave(): void {
    this.flush();
    if (this.home.lasts) this.#keeping.end();
  }

  #keepSoon(): void {
    this.#keeping.soon(() => {
      if (!this.editor.busy) this.#keep();
    });
  }

  #keep(): void {
    if (this.stale) return;
    const { history } = this.editor;
    this.#keeping.write(history, () => draftOf(this, history, this.#world.now()));
  }

  /**
   * Saves it where it is kept, with what the person says about it, or said when it could not be saved. True when
   * everything is saved now.
   */
  async save(message = this.#message): Promise<boolean> {
    this.#message = message;
    this.editor.enterTyped();
    this.#savesAfter = this.editor.busy;
    if (this.#savesAfter) this.editor.announce(t('edit.saves-after'));
    if (this.refusal) this.#tell(refusalWords(this.refusal));
    if (!this.#canSave() || this.#lacksTitle()) return false;
    if (!this.changed) {
      this.#message = '';
      this.#tell(t('edit.nothing-to-save'));
      return true;
    }
    const { history } = this.editor;
    this.#sent = history.document;
    await this.#while(async () => {
      const saved = await this.home.save(history.document.text(), this.#saved.version, message);
      if (saved) await this.#settle(saved, history);
    });
    this.#keep();
    return !this.changed;
  }

  /** Who has taken the title away is led to it; a model that never had one is saved as it is. */
  #lacksTitle(): boolean {
    if (this.title.trim() !== '' || this.isNew || this.#saved.read().title.trim() === '') return false;
    this.untitled += 1;
    this.#tell(t('edit.title-needed'));
    return true;
  }

  #canSave(): boolean {
    return !this.saving && this.refusal === null && !this.editor.busy;
  }

  /** What is done is saving, or loads; what goes wrong with it is the problem. */
  async #while(act: () => Promise<void>, loads = false): Promise<void> {
    this.saving = true;
    this.#loads = loads;
    this.problem = null;
    // What was said of the last save is not true any more.
    this.editor.announce('');
    try {
      await act();
    } catch (thrown) {
      this.#fail(problemOf(thrown));
    } finally {
      this.saving = false;
    }
  }

  /**
   * Saves it in another place, such as a new branch, and gives up the draft here. The draft there goes on with all
   * that can be undone, and with what is not saved there: because it collides, or was done meanwhile. True when it
   * was saved whole. @throws {Problem} when nothing was saved, or there is a draft there that is not saved
   */
  async saveIn(home: Home, message: string): Promise<boolean> {
    if (this.saving) return false;
    [this.saving, this.#loads] = [true, false];
    const draft = () => draftOf(this, this.editor.history, this.#world.now());
    const isWhole = await movedTo(home, message, draft, this.#keeping).finally(() => (this.saving = false));
    await this.#giveUp();
    return isWhole;
  }

  /** Whether something has been done since the save that failed: then it may collide elsewhere, too. */
  get isProblemDated(): boolean {
    return this.#sent !== this.editor.document;
  }

  /**
   * Saves where ours collides with theirs: merged with theirs, with the chosen side at each of the places. Where
   * somebody has saved once more meanwhile, or more has been done here, that is asked anew. True when everything is
   * saved now.
   */
  async settle(choice: Choice): Promise<boolean> {
    if (!this.#canSave()) return false;
    if (this.isProblemDated) return this.save();
    const known = this.problem?.version ?? '';
    const { history } = this.editor;
    let isLate = false;
    await this.#while(async () => {
      const theirs = await this.home.read();
      isLate = known !== '' && known !== theirs.version;
      if (isLate) return;
      const three = [this.#saved.read(), history.document, theirs] as const;
      const text = await decided(this.#world.merge, three, choice);
      const saved = text === theirs.text ? asMerged(theirs) : await this.home.save(text, theirs, this.#message);
      if (saved) await this.#goOn(saved, history);
    });
    if (isLate) return this.save();
    this.#keep();
    return !this.changed;
  }

  /** Brings in what others have saved, and saves nothing. False when the person has to decide first, or it failed. */
  async bringIn(): Promise<boolean> {
    if (this.saving || this.editor.busy) return false;
    let done = false;
    await this.#while(async () => {
      const read = await this.home.read();
      const theirs = documentOf(read.text);
      const base = this.#saved.read();
      const found = await carriedUpon(this.#world.merge, base, [base, theirs], () => this.editor.history);
      if (!found.document) return this.#tell(t('edit.bring-collides'));
      const since = this.version;
      const wasChanged = this.changed;
      const history = leadingTo(found.document, theirs, this.#saved.since, this.editor.history);
      this.#begin(read, history, theirs, found.numbers);
      this.arrival = { since, commit: '' };
      if (!wasChanged) this.#message = '';
      this.#tell(t(wasChanged ? 'edit.brought-upon' : 'edit.brought'), ...found.notes);
      done = true;
    }, true);
    this.#keep();
    return done;
  }

  /** Drops what is not saved for what is there now. */
  async loadTheirs(): Promise<void> {
    if (this.saving || this.editor.busy) return;
    const { history } = this.editor;
    await this.#while(async () => {
      const read = await this.home.read();
      if (this.editor.history !== history) return this.#tell(t('edit.nothing-loaded'));
      const document = documentOf(read.text);
      this.#message = '';
      this.#begin(read, History.of(document), document);
      this.#tell(t('edit.theirs-loaded'));
    }, true);
    this.#keep();
  }

  /** Drops what is not saved, and the draft. */
  async discard(): Promise<void> {
    await this.#giveUp();
    if (!this.isGone) this.#tell(t('edit.discarded'));
  }

  async #giveUp(): Promise<void> {
    const { isNew } = this;
    if (isNew) this.isGone = true;
    else {
      const document = this.#saved.read();
      this.#begin(this.#saved.version, History.of(document), document);
    }
    this.problem = null;
    this.#message = '';
    await this.#keeping.drop(this.home.key, this.editor.history);
    // A file is opened again from its draft, even when nothing in it is unsaved.
    if (!isNew && !this.home.lasts) this.#keep();
  }

  async #settle(saved: Saved, sent: History): Promise<void> {
    if (saved.merged) return this.#goOn(saved, sent);
    this.#message = '';
    this.decisions.forget();
    this.commit = saved.commit ?? '';
    this.#saved = new SavedState(saved, sent.document, sent);
    this.news = saved.notes;
    this.editor.announce(t('edit.told-saved'));
  }

  /** Goes on from a merge with what has been done since it was sent: that is merged with it, too. */
  async #goOn(saved: Saved, sent: History): Promise<void> {
    const stored = understood(saved.text);
    const since = this.version;
    const now = () => this.editor.history;
    this.#message = '';
    this.commit = saved.commit ?? '';
    const found = await carriedUpon(this.#world.merge, this.#saved.read(), [sent.document, stored], now).catch(() => {
      throw savedUnread();
    });
    // What collides stays as made from the old version: so the next save asks.
    if (!found.document) {
      if (found.numbers.size > 0) this.#restart(History.of(found.mine), found.numbers);
      return this.#tell(t('edit.merged-collides'), ...saved.notes);
    }
    this.arrival = { since, commit: this.commit };
    this.#begin(saved, leadingTo(found.document, stored, sent, now()), stored, found.numbers);
    this.#tell(t('edit.merged'), ...saved.notes, ...found.notes);
  }

  /** Only a branch stays closed: what else is refused may be allowed the next time. */
  #fail(problem: Problem): void {
    this.problem = problem;
    this.refusal ??= refusalOf(problem);
  }

  /** Puts another history in place of the present one. */
  #begin(read: Version, history: History, saved: Document | null, numbers: Numbers = new Map()): void {
    this.decisions.forget();
    this.#saved = new SavedState(read, saved, saved && history.base === saved ? History.of(saved) : null);
    this.#restart(history, numbers);
  }

  /** The diagram that is shown stays, also with another number. */
  #restart(history: History, numbers: Numbers): void {
    this.editor.restart(history);
    const shown = numbers.get(this.editor.diagramId);
    if (shown !== undefined) this.editor.show(shown);
  }

  /** Whether the draft could be read. */
  #resume(draft: Draft, saved: Document | null): boolean {
    const found = resumed(draft, saved);
    if (!found) {
      this.#keeping.leave();
      this.#tell(t('edit.draft-unread'));
      return false;
    }
    const { history, extent } = found;
    this.#begin({ text: draft.saved, version: draft.version }, history, found.saved);
    this.#keeping.takeUp(history);
    if (draft.changed) this.#tell(t(`edit.resumed-${extent}`));
    return true;
  }

  /** Says something that the next step puts away. */
  #tell(...news: string[]): void {
    this.news = news;
    this.#told = this.editor.history;
    for (const sentence of news) this.editor.announce(sentence);
  }
}
