/// A place where a model is kept, for tests.
import type { Home, Saved, Version } from './home.ts';

/** The text of a small model. */
export const textWith = (title: string, owner = '') =>
  `{"version":"2.0","summary":{"title":"${title}","owner":"${owner}"},"detail":{"diagrams":[]}}\n`;

export class FakeHome implements Home {
  readonly key = 'shop';
  readonly fileName = 'shop.json';
  readonly where = ['demo/shop', 'main', 'shop.json'];
  readonly lasts = true;
  there: Version = { text: textWith('Shop'), version: 'v1' };
  calls: [text: string, base: string][] = [];
  /** What happens while a save is under way. */
  meanwhile = () => {};
  answer: (text: string) => Saved | null = (text) => ({ text, version: 'v2', merged: false, notes: [] });

  async read(): Promise<Version> {
    return this.there;
  }

  async save(text: string, base: Version): Promise<Saved | null> {
    this.calls.push([text, base.version]);
    await Promise.resolve();
    this.meanwhile();
    const saved = this.answer(text);
    if (saved) this.there = saved;
    return saved;
  }
}
