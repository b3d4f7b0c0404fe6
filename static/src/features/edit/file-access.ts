/// Files of this computer, as far as the browser lets a page have them.
import { Problem } from '../../api/problem.ts';
import { t } from '../../i18n/translate.svelte.ts';
import { download } from '../../ui/download.ts';
import type { Chosen } from './dropped.svelte.ts';
import { hasMark, MARK, textOf } from './reading.ts';

/** What TypeScript's list of the browser's interfaces lacks: not all browsers have it. */
declare global {
  interface Window {
    showOpenFilePicker?(options: PickerOptions): Promise<FileSystemFileHandle[]>;
    showSaveFilePicker?(options: PickerOptions & { suggestedName: string }): Promise<FileSystemFileHandle>;
  }
  interface FileSystemFileHandle {
    requestPermission?(wish: { mode: 'readwrite' }): Promise<PermissionState>;
  }
}

interface PickerOptions {
  types: { description: string; accept: Record<string, string[]> }[];
}

function models(): PickerOptions {
  return { types: [{ description: t('edit.file-kind'), accept: { 'application/json': ['.json'] } }] };
}

/** Whether the browser can save to the file that was opened. */
export function savesInPlace(): boolean {
  return window.showOpenFilePicker !== undefined;
}

/** Lets the person choose a file with the browser's own dialog; null when they choose none. */
export async function chooseFile(): Promise<Chosen | null> {
  const [handle] = (await unlessLeft(window.showOpenFilePicker?.(models()))) ?? [];
  return handle ? { file: await handle.getFile(), handle } : null;
}

/** Lets the person say where to save; without such a dialog it is a download. Null when they leave it. */
export async function saveAs(name: string, text: string): Promise<{ handle: FileSystemFileHandle | null } | null> {
  if (!window.showSaveFilePicker) {
    download(name, new Blob([text], { type: 'application/json' }));
    return { handle: null };
  }
  const handle = await unlessLeft(window.showSaveFilePicker({ ...models(), suggestedName: name }));
  if (!handle) return null;
  await write(handle, text);
  return { handle };
}

/** Asks the person, where the browser wants that, whether the file may be written. @throws {Problem} */
export function allowWriting(handle: FileSystemFileHandle): Promise<void> {
  return withFile(t('edit.file-unwritten', { name: handle.name }), async () => {
    const allowed = (await handle.requestPermission?.({ mode: 'readwrite' })) ?? 'granted';
    if (allowed !== 'granted') throw new DOMException('', 'NotAllowedError');
  });
}

/** Replaces what is in the file, but for its byte-order mark. @throws {Problem} when that is not possible */
export function write(handle: FileSystemFileHandle, text: string): Promise<void> {
  return withFile(t('edit.file-unwritten', { name: handle.name }), async () => {
    const mark = (await hasMark(await handle.getFile())) ? MARK : '';
    const file = await handle.createWritable();
    await file.write(mark + text);
    await file.close();
  });
}

/** What the file holds now. @throws {Problem} when it is not there any more */
export function readHandle(handle: FileSystemFileHandle): Promise<string> {
  return withFile(t('edit.file-unread', { name: handle.name }), async () => textOf(await handle.getFile()));
}

async function withFile<T>(failure: string, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (thrown) {
    if (!(thrown instanceof DOMException)) throw thrown;
    throw new Problem(0, failure, reasonOf(thrown), { code: 'file' });
  }
}

function reasonOf({ name, message }: DOMException): string {
  if (name === 'NotAllowedError') return t('edit.file-not-allowed');
  if (name === 'NotFoundError') return t('edit.file-gone');
  return message;
}

/** Null when the person closes the dialog. */
async function unlessLeft<T>(choice: Promise<T> | undefined): Promise<T | null> {
  try {
    return (await choice) ?? null;
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'AbortError') return null;
    throw thrown;
  }
}
