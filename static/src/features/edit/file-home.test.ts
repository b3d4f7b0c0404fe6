import { afterEach, describe, expect, test, vi } from 'vitest';
import { FileHome } from './file-home.ts';

afterEach(() => vi.unstubAllGlobals());

/** A file on the disk, as a browser gives it. */
class FakeFile {
  readonly name = 'shop.json';
  text: string;
  state: PermissionState = 'granted';

  constructor(text: string) {
    this.text = text;
  }

  async requestPermission() {
    return this.state;
  }

  async getFile() {
    return new Blob([this.text]);
  }

  async createWritable() {
    return { write: async (text: string) => void (this.text = text), close: async () => {} };
  }

  get handle(): FileSystemFileHandle {
    return this as unknown as FileSystemFileHandle;
  }
}

describe('a file that the browser can write', () => {
  test('is written over, each line end as it is', async () => {
    const file = new FakeFile('{ }\r\n');
    const home = new FileHome('file 1', 'shop.json', file.handle);
    const saved = await home.save('{"a":1}\r\n', { text: '{ }\r\n', version: '' });
    expect(saved).toEqual({ text: '{"a":1}\r\n', version: '', merged: false, notes: [] });
    expect(file.text).toBe('{"a":1}\r\n');
    expect(await home.read()).toEqual({ text: '{"a":1}\r\n', version: '' });
  });

  test('keeps the byte-order mark that it has', async () => {
    const file = new FakeFile('\ufeff{}');
    const home = new FileHome('file 1', 'shop.json', file.handle);
    expect((await home.read()).text).toBe('{}');
    await home.save('{"a":1}', { text: '{}', version: '' });
    expect(file.text).toBe('\ufeff{"a":1}');
  });

  test('that another program has changed is left as it is', async () => {
    const file = new FakeFile('theirs');
    const home = new FileHome('file 1', 'shop.json', file.handle);
    await expect(home.save('mine', { text: 'base', version: '' })).rejects.toMatchObject({
      status: 409,
      code: 'conflict',
    });
    expect(file.text).toBe('theirs');
  });

  test('that may not be written is left as it is', async () => {
    const file = new FakeFile('base');
    file.state = 'denied';
    const home = new FileHome('file 1', 'shop.json', file.handle);
    await expect(home.save('mine', { text: 'base', version: '' })).rejects.toMatchObject({
      title: /could not be written/,
    });
    expect(file.text).toBe('base');
  });
});

describe('a file without a handle', () => {
  test('is saved where the person says, and there from then on', async () => {
    const chosen = new FakeFile('');
    const picker = vi.fn(async () => chosen.handle);
    vi.stubGlobal('showSaveFilePicker', picker);
    const home = new FileHome('file 1', 'shop.json', null);
    await home.save('one', { text: 'base', version: '' });
    await home.save('two', { text: 'one', version: '' });
    expect([chosen.text, picker.mock.calls.length]).toEqual(['two', 1]);
    expect(home.handle).toBe(chosen.handle);
  });

  test('is not saved when the person leaves the dialog', async () => {
    vi.stubGlobal('showSaveFilePicker', () => Promise.reject(new DOMException('', 'AbortError')));
    expect(await new FileHome('file 1', 'shop.json', null).save('one', { text: '', version: '' })).toBeNull();
  });

  test('is downloaded under its name where the browser has no such dialog', async () => {
    const downloads: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
      downloads.push(this.download);
    });
    const saved = await new FileHome('file 1', 'shop.json', null).save('one', { text: '', version: '' });
    expect([saved?.text, downloads]).toEqual(['one', ['shop.json']]);
  });
});
