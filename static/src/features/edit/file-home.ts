/// A model in a file of this computer. Where the browser allows it the same file is saved to; else each
/// save is a download under its name.
import { Problem } from '../../api/problem.ts';
import { t } from '../../i18n/translate.svelte.ts';
import { allowWriting, readHandle, saveAs, write } from './file-access.ts';
import type { Home, Saved, Version } from './home.ts';

export class FileHome implements Home {
  readonly key: string;
  readonly fileName: string;
  readonly at = null;
  readonly lasts = false;
  #handle: FileSystemFileHandle | null;

  constructor(key: string, fileName: string, handle: FileSystemFileHandle | null) {
    this.key = key;
    this.fileName = fileName;
    this.#handle = handle;
  }

  get where(): readonly string[] {
    return [t('edit.this-computer'), this.fileName];
  }

  get handle(): FileSystemFileHandle | null {
    return this.#handle;
  }

  async read(): Promise<Version> {
    if (!this.#handle) throw new Problem(0, t('edit.file-once'), t('edit.file-once-advice'));
    return { text: await readHandle(this.#handle), version: '' };
  }

  /** A file that another program has changed meanwhile is not overwritten. */
  async save(text: string, base: Version): Promise<Saved | null> {
    if (this.#handle) {
      await allowWriting(this.#handle);
      const { text: there } = await this.read();
      if (there !== base.text && there !== text) throw changedMeanwhile(this.#handle.name);
      await write(this.#handle, text);
    } else {
      const saved = await saveAs(this.fileName, text);
      if (!saved) return null;
      this.#handle = saved.handle;
    }
    return { text, version: '', merged: false, notes: [] };
  }
}

function changedMeanwhile(name: string): Problem {
  return new Problem(409, '', t('edit.file-changed', { name }), { code: 'conflict' });
}
