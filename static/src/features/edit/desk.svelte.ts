/// The file of this computer that is worked on in this tab. It stays while one looks at other pages, and is
/// opened again from its draft when the tab is reloaded.
import { applyAll } from '../../model/apply/apply.ts';
import { newDiagram, newModel } from '../../model/new-model.ts';
import type { Chosen } from './dropped.svelte.ts';
import { drafts, type Draft } from './drafts.ts';
import { FileHome } from './file-home.ts';
import { fileNameFor } from './file-name.ts';
import { documentOf, textOf, Unreadable } from './reading.ts';
import { Work } from './work.svelte.ts';
import { world } from './world.ts';

/** Where the tab remembers which file it has. */
const REMEMBERED = 'wyvern.file';

class Desk {
  #work: Work | null = $state.raw(null);
  /** Why the last thing could not be opened. */
  trouble: { fileName: string; why: Unreadable } | null = $state.raw(null);

  get work(): Work | null {
    return this.#work?.isGone ? null : this.#work;
  }

  async openFile({ file, handle }: Chosen): Promise<void> {
    await this.#unlessUnreadable(file.name, async () => this.#put(file.name, await textOf(file), handle));
  }

  async openText(fileName: string, text: string): Promise<void> {
    await this.#unlessUnreadable(fileName, () => this.#put(fileName, text, null));
  }

  /** A new model with one diagram, which is in no file yet. */
  async create(title: string): Promise<void> {
    const taken = (await drafts.list().catch(() => [])).map(({ fileName }) => fileName);
    const home = new FileHome(fileNameFor(title, taken), null);
    const diagram = newDiagram('STRIDE', 'Main diagram');
    const document = applyAll(documentOf(newModel(title)), [{ type: 'addDiagram', diagram }]);
    this.#show(new Work(home, { text: '', version: '' }, document, drafts, world));
  }

  /** Opens what this tab had open before it was reloaded. */
  async reopen(): Promise<void> {
    const key = sessionStorage.getItem(REMEMBERED);
    const draft = key === null ? undefined : await drafts.get(key).catch(() => undefined);
    if (draft && !this.work) await this.continue(draft);
  }

  async continue(draft: Draft): Promise<void> {
    await this.#unlessUnreadable(draft.fileName, async () => {
      const read = { text: draft.saved, version: draft.version };
      const home = new FileHome(draft.fileName, draft.handle);
      const work = new Work(home, read, documentOf(draft.saved || draft.base), drafts, world);
      await work.takeUp();
      this.#show(work);
    });
  }

  close(): void {
    this.#work = null;
    this.trouble = null;
    sessionStorage.removeItem(REMEMBERED);
  }

  async #put(fileName: string, text: string, handle: FileSystemFileHandle | null): Promise<void> {
    const work = new Work(new FileHome(fileName, handle), { text, version: '' }, documentOf(text), drafts, world);
    await work.takeUp();
    this.#show(work);
  }

  #show(work: Work): void {
    this.#work = work;
    this.trouble = null;
    sessionStorage.setItem(REMEMBERED, work.home.key);
  }

  async #unlessUnreadable(fileName: string, open: () => Promise<void>): Promise<void> {
    try {
      await open();
    } catch (thrown) {
      if (!(thrown instanceof Unreadable)) throw thrown;
      this.trouble = { fileName, why: thrown };
    }
  }
}

export const desk = new Desk();
