/// A file that was dropped on whichever page, until the editor takes it.

declare global {
  /** Not all browsers have it. */
  interface DataTransferItem {
    getAsFileSystemHandle?(): Promise<FileSystemHandle | null>;
  }
}

/** A file that has been chosen; with a handle it can be saved to. */
export interface Chosen {
  readonly file: File;
  readonly handle: FileSystemFileHandle | null;
}

class Dropped {
  #file: Chosen | null = $state.raw(null);

  get waits(): boolean {
    return this.#file !== null;
  }

  /** Keeps the first file of what is dropped. True when there is one. */
  async keep(data: DataTransfer): Promise<boolean> {
    const item = [...data.items].find(({ kind }) => kind === 'file');
    // Both must be asked for before the event is over.
    const file = item?.getAsFile();
    const handle = await item?.getAsFileSystemHandle?.().catch(() => null);
    if (!file) return false;
    this.#file = { file, handle: handle instanceof FileSystemFileHandle ? handle : null };
    return true;
  }

  /** Gives the file away, once. */
  take(): Chosen | null {
    const file = this.#file;
    this.#file = null;
    return file;
  }
}

export const dropped = new Dropped();

/** Whether files are dragged, and not something of the page. */
export function holdsFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
