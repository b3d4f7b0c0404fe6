import { expect, test } from 'vitest';
import type { Draft } from './drafts.ts';
import { draftsFor, fileKey } from './file-drafts.ts';

/** A handle of the file at a path. */
function handle(path: string): FileSystemFileHandle {
  const made = { path, isSameEntry: async (other: { path: string }) => other.path === path };
  return made as unknown as FileSystemFileHandle;
}

function draft(id: string, saved: string, more: Partial<Draft> = {}): Draft {
  return {
    key: fileKey(id),
    fileName: 'threat-model.json',
    title: id,
    base: saved,
    saved,
    version: '',
    steps: '[]',
    done: 0,
    text: saved,
    changed: true,
    at: 0,
    handle: null,
    ...more,
  };
}

const opened = (text: string, file: FileSystemFileHandle | null = null) => ({
  fileName: 'threat-model.json',
  text,
  handle: file,
});

test('the same file is known by its handle, also when its text and name are others by now', async () => {
  const mine = draft('a', 'old', { handle: handle('/a'), fileName: 'before.json' });
  expect(await draftsFor(opened('new', handle('/a')), [draft('b', 'new'), mine])).toEqual({ own: mine });
});

test('a file of the same name and text elsewhere is another file', async () => {
  const other = draft('a', 'text', { handle: handle('/a') });
  expect(await draftsFor(opened('text', handle('/b')), [other])).toEqual({});
});

test('without handles it is the same file when name and text are the same', async () => {
  const mine = draft('a', 'text');
  const all = [draft('b', 'else'), draft('c', 'text', { fileName: 'shop.json' }), mine];
  expect(await draftsFor(opened('text'), all)).toEqual({ own: mine });
});

test('another text under the name is offered as what it is: a draft that may be of another file', async () => {
  const saved = draft('b', 'other', { changed: false });
  const unsaved = draft('a', 'else');
  expect(await draftsFor(opened('text'), [saved, unsaved])).toEqual({ namesake: unsaved });
});

test('a draft of a model with a provider is never a file’s', async () => {
  expect(await draftsFor(opened('text'), [draft('a', 'text', { key: 'ada #/git/x' })])).toEqual({});
});

test('a handle that the browser cannot compare leaves it to the text', async () => {
  const gone = { isSameEntry: async () => Promise.reject(new DOMException('', 'NotFoundError')) };
  const mine = draft('a', 'text', { handle: gone as unknown as FileSystemFileHandle });
  expect(await draftsFor(opened('text', handle('/a')), [mine])).toEqual({ own: mine });
});
