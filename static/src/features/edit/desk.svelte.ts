/// The file of this computer that is worked on in this tab. It stays while one looks at other pages, and is
/// opened again from its draft when the tab is reloaded.
import { recallInTab, rememberInTab } from '../../api/tab-storage.ts';
import { t } from '../../i18n/translate.svelte.ts';
import type { Document } from '../../model/document.ts';
import type { Chosen } from './dropped.svelte.ts';
import { holdDraft } from './draft-lock.ts';
import { drafts, type Draft } from './drafts.ts';
import { draftsFor, fileKey, type OpenedFile } from './file-drafts.ts';
import { FileHome } from './file-home.ts';
import { fileNameFor } from './file-name.ts';
import { imported } from './importing.ts';
import { documentOf, textOf, Unreadable } from './reading.ts';
import { startedModel } from './starting.ts';
import { Work } from './work.svelte.ts';
import { world } from './world.ts';

/** Where the tab remembers which file it has. */
const REMEMBERED = 'wyvern.file';

class Desk {
  #work: Work | null = $state.raw(null);
  /** What is being opened; empty when nothing is. */
  opening = $state('');
  /** Why the last thing could not be opened. */
  trouble: { fileName: string; why: Unreadable } | null = $state.raw(null);
  /** An unsaved draft of a file with the same name as the one that was opened, until one has decided about it. */
  namesake: Draft | null = $state.raw(null);
  /** Lets go of the draft, for other tabs. */
  #release: (() => void) | null = null;

  get work(): Work | null {
    return this.#work?.isGone ? null : this.#work;
  }

  async openFile({ file, handle }: Chosen): Promise<void> {
    await this.#unlessUnreadable(file.name, async () => {
      await this.#put({ fileName: file.name, text: await textOf(file), handle });
    });
  }

  async openText(fileName: string, text: string): Promise<void> {
    await this.#unlessUnreadable(fileName, () => this.#put({ fileName, text, handle: null }));
  }

  /** A new model with one diagram, which is in no file yet. */
  async create(title: string): Promise<void> {
    await this.begin(startedModel(title, 'STRIDE', t('browse.first-diagram')));
  }

  /** A model that is in no file yet. */
  async begin(document: Document): Promise<void> {
    const taken = (await drafts.list().catch(() => [])).map(({ fileName }) => fileName);
    await this.#show({ fileName: fileNameFor(document.title, taken), text: '', handle: null }, document);
  }

  /** Opens what this tab had open before it was reloaded. */
  async reopen(): Promise<void> {
    const key = recallInTab(REMEMBERED);
    const draft = key === null ? undefined : await drafts.get(key).catch(() => undefined);
    if (draft && !this.work) await this.continue(draft);
  }

  async continue(draft: Draft): Promise<void> {
    await this.#unlessUnreadable(draft.fileName, async () => {
      const { fileName, saved, base, handle } = draft;
      await this.#show({ fileName, text: saved, handle }, documentOf(saved || base), draft);
    });
  }

  close(): void {
    this.#work = null;
    this.trouble = null;
    this.namesake = null;
    this.#release?.();
    this.#release = null;
    rememberInTab(REMEMBERED, null);
  }

  async #put(opened: OpenedFile): Promise<void> {
    const { document, isUpgraded } = await imported(opened.text);
    // It may be the same file.
    this.#work?.flush();
    const { own, namesake } = await draftsFor(opened, await drafts.list().catch(() => []));
    // The old file stays as it is: what it has become is a new one, until the person saves it over the old.
    const { fileName } = opened;
    const work = await this.#show(isUpgraded ? { fileName, text: '', handle: null } : opened, document, own);
    if (isUpgraded) work.news = [t('browse.upgraded')];
    this.namesake = namesake ?? null;
  }

  /** A draft that another tab keeps is left to it; this one goes on with a copy. */
  async #show({ fileName, text, handle }: OpenedFile, document: Document, draft?: Draft): Promise<Work> {
    this.#release?.();
    let key = draft?.key ?? fileKey(world.newId());
    this.#release = await holdDraft(key);
    if (!this.#release) {
      key = fileKey(world.newId());
      this.#release = await holdDraft(key);
    }
    const work = new Work(new FileHome(key, fileName, handle), { text, version: '' }, document, drafts, world);
    await work.takeUp(draft?.key);
    this.#work = work;
    this.trouble = null;
    this.namesake = null;
    rememberInTab(REMEMBERED, key);
    return work;
  }

  async #unlessUnreadable(fileName: string, open: () => Promise<void>): Promise<void> {
    this.opening = fileName;
    try {
      await open();
    } catch (thrown) {
      if (!(thrown instanceof Unreadable)) throw thrown;
      this.trouble = { fileName, why: thrown };
    } finally {
      this.opening = '';
    }
  }
}

export const desk = new Desk();
