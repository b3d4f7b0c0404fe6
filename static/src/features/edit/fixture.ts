/// A place where a model is kept, and somebody at work on it, for tests.
import { expect } from 'vitest';
import type { Conflict } from '../../api/conflict.ts';
import { Document } from '../../model/document.ts';
import type { ModelAddress } from '../../routes.ts';
import type { Choice } from './decisions.svelte.ts';
import type { Drafts } from './drafts.ts';
import type { Home, Saved, Version } from './home.ts';
import type { Side } from './merge.ts';
import type { Merge } from './merging.ts';
import { Work } from './work.svelte.ts';
import type { WorkWorld } from './world.ts';

/** The text of a small model. */
export const textWith = (title: string, owner = '') =>
  `{"version":"2.0","summary":{"title":"${title}","owner":"${owner}"},"detail":{"diagrams":[]}}\n`;

export class FakeHome implements Home {
  readonly key: string = 'shop';
  readonly fileName = 'shop.json';
  readonly at: ModelAddress | null = null;
  readonly where = ['demo/shop', 'main', 'shop.json'];
  readonly lasts = true;
  there: Version = { text: textWith('Shop'), version: 'v1' };
  calls: [text: string, base: string][] = [];
  messages: (string | undefined)[] = [];
  /** What happens while a save is under way. */
  meanwhile = () => {};
  answer: (text: string) => Saved | null = (text) => ({ text, version: 'v2', merged: false, notes: [] });

  /** How the server merges: what only one has changed arrives, and what both have collides. */
  merge: Merge = async (...texts) => {
    const [base, ours, theirs] = texts.map((text) => JSON.parse(text) as unknown);
    const places: string[][] = [];
    const model = mergedValue([base, ours, theirs], [], places);
    const text = places.length > 0 ? null : `${JSON.stringify(model)}\n`;
    return { text, conflicts: places.map(collisionAt), conflictCount: places.length, notes: [] };
  };

  async read(): Promise<Version> {
    return this.there;
  }

  async save(text: string, base: Version, message?: string): Promise<Saved | null> {
    this.calls.push([text, base.version]);
    this.messages.push(message);
    await Promise.resolve();
    this.meanwhile();
    const saved = this.answer(text);
    if (saved) this.there = saved;
    return saved;
  }
}

/** A collision at this member of the model. */
export const collisionAt = (path: string[]): Conflict => ({
  subject: [],
  field: path.join('/'),
  trouble: 'both_changed',
  layout: false,
  place: { diagram: null, cell: null, threat: null, path },
  base: null,
  ours: null,
  theirs: null,
  leftOut: [],
});

/** What has been decided about collisions that are all listed. */
export const choice = (conflicts: readonly Conflict[], sides: readonly Side[]): Choice => ({
  conflicts,
  sides,
  rest: null,
});

function mergedValue([base, ours, theirs]: unknown[], path: string[], places: string[][]): unknown {
  const [before, mine, their] = [base, ours, theirs].map((value) => JSON.stringify(value));
  if (mine === their || before === their) return ours;
  if (before === mine) return theirs;
  const three = [base, ours, theirs].map((value) => value as Record<string, unknown>);
  if (three.some((value) => typeof value !== 'object' || Array.isArray(value))) return void places.push(path);
  const keys = [...new Set(three.flatMap((value) => Object.keys(value)))];
  return Object.fromEntries(
    keys.map((key) => [
      key,
      mergedValue(
        three.map((value) => value[key]),
        [...path, key],
        places,
      ),
    ]),
  );
}

/** Each time that it is asked it is later than steps join. */
let now = 0;
const clock = () => (now += 5000);

/** As a page that is opened. */
export async function openedAt(home: FakeHome, drafts: Drafts): Promise<Work> {
  const read = await home.read();
  const world: WorkWorld = { newId: () => 'x', now: clock, merge: (...texts) => home.merge(...texts) };
  const work = new Work(home, read, Document.parse(read.text), drafts, world);
  await work.takeUp();
  return work;
}

export function rename(work: Work, title: string): void {
  work.editor.do('Rename', [{ type: 'setSummaryField', key: 'title', value: title }]);
  work.keep();
}

export function own(work: Work, owner: string): void {
  work.editor.do('Set the owner', [{ type: 'setSummaryField', key: 'owner', value: owner }]);
  work.keep();
}

/** Waits until the draft of the last step is written. */
export const kept = (work: Work) => expect.poll(() => work.standing).toBe('kept');
