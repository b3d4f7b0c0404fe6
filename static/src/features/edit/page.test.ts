import { IDBFactory } from 'fake-indexeddb';
import { flushSync, mount, unmount, type Component } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { session } from '../../api/calls.ts';
import type { Conflict } from '../../api/conflict.ts';
import { Problem } from '../../api/problem.ts';
import { Document } from '../../model/document.ts';
import Collisions from './Collisions.svelte';
import { Drafts } from './drafts.ts';
import Header from './Header.svelte';
import type { Home, Saved, Version } from './home.ts';
import LeaveDialog from './LeaveDialog.svelte';
import { Unreadable } from './reading.ts';
import SaveTrouble from './SaveTrouble.svelte';
import StaleDraftDialog from './StaleDraftDialog.svelte';
import UnreadableNotice from './UnreadableNotice.svelte';
import { Work } from './work.svelte.ts';

const TEXT = '{"version":"2.0","summary":{"title":"Shop","owner":"Ada"},"detail":{"diagrams":[]}}';

class FakeHome implements Home {
  readonly key = 'shop';
  readonly fileName = 'shop.json';
  readonly at = null;
  readonly where = ['demo/shop', 'main', 'shop.json'];
  readonly lasts = true;
  there: Version = { text: TEXT, version: 'v1' };

  async read(): Promise<Version> {
    return this.there;
  }

  async save(text: string): Promise<Saved> {
    return { text, version: 'v2', merged: false, notes: [], commit: '31241aa0123456789' };
  }
}

/** What is asked for from here is of no matter. */
const NOTHING = { ask: () => {}, bringIn: () => {}, decide: () => {} };

let work: Work;
let drafts: Drafts;
let shown: object | null = null;

async function open() {
  const home = new FakeHome();
  work = new Work(home, home.there, Document.parse(TEXT), drafts, {
    newId: () => 'x',
    now: () => 0,
    merge: () => Promise.reject(new Error('nothing is merged here')),
  });
  await work.takeUp();
}

beforeEach(async () => {
  drafts = new Drafts(new IDBFactory());
  await open();
});

afterEach(async () => {
  if (shown) await unmount(shown);
  shown = null;
  vi.unstubAllGlobals();
});

function show<Props extends object>(component: Component<Props>, props: Props) {
  shown = mount(component, { target: document.body, props });
  flushSync();
}

const rename = () => work.editor.do('Rename', [{ type: 'setSummaryField', key: 'title', value: 'New' }]);
const buttons = (within = 'body') =>
  [...document.querySelectorAll(`${within} button`)].map((button) => button.textContent.trim());

function press(name: string) {
  const button = [...document.querySelectorAll('button')].find((each) => each.textContent.trim() === name);
  if (!button) throw new Error(`there is no button ${name}`);
  button.click();
  flushSync();
}

test('the header says where the model is, and which commit it was saved in', async () => {
  show(Header, { work, back: { name: 'Back', href: '#/' }, about: '#/file/about', watch: null, ...NOTHING });
  expect(document.querySelector('header')?.textContent).toContain('demo/shop / main / shop.json');
  expect(document.querySelector('[role=status]')?.textContent.trim()).toBe('Saved');
  rename();
  await work.save();
  flushSync();
  expect(document.querySelector('[role=status]')?.textContent.trim()).toBe('Saved · 31241aa');
});

test('changes can be discarded from the menu of the file, while there are any', async () => {
  show(Header, { work, back: { name: 'Back', href: '#/' }, about: '#/file/about', watch: null, ...NOTHING });
  expect(buttons('.menu')).not.toContain('Discard changes…');
  rename();
  flushSync();
  expect(buttons('.menu')).toContain('Discard changes…');
});

test('saving during a gesture waits for its end, and says so', async () => {
  const gesture = work.editor.begin('Drag');
  gesture.update([{ type: 'setSummaryField', key: 'owner', value: 'Grace' }]);
  expect(await work.save()).toBe(false);
  expect(work.editor.said.text).toBe('It is saved when this is finished.');
  work.keep();
  gesture.finish();
  expect(work.saving).toBe(false);
  work.keep();
  await expect.poll(() => work.commit).not.toBe('');
  expect(work.changed).toBe(false);
});

test('who leaves can save, keep the draft, discard or stay; the first is meant', () => {
  show(LeaveDialog, { work, leaving: () => {}, stay: () => {} });
  expect(buttons('dialog')).toEqual(['Save', 'Keep the draft', 'Discard changes', 'Stay']);
});

test('who saves and leaves has answered: the question does not stay for what comes next', async () => {
  const said: string[] = [];
  rename();
  show(LeaveDialog, { work, leaving: () => said.push('left'), stay: () => said.push('answered') });
  press('Save');
  await expect.poll(() => said).toEqual(['left', 'answered']);
});

test('signing in is asked about where no draft keeps what it would drop', async () => {
  drafts = new Drafts(undefined);
  await open();
  rename();
  session.hold({ provider: 'local', username: 'ada' });
  show(SaveTrouble, { work, problem: new Problem(401, 'Unauthorized', ''), ...NOTHING });
  press('Sign in again');
  expect(session.person).not.toBeNull();
  expect(buttons('dialog[open]')).toEqual(['Save as a file', 'Sign in and drop them', 'Stay']);
  press('Sign in and drop them');
  expect(session.person).toBeNull();
});

test('the number of the request that failed can be copied', () => {
  vi.stubGlobal('navigator', { clipboard: {} });
  show(SaveTrouble, { work, problem: new Problem(500, 'Internal', '', { requestId: 'req-7' }), ...NOTHING });
  expect(buttons('.trouble')).toContain('Copy the number');
});

test('who discards leaves, with the model as it is saved', async () => {
  let left = 0;
  rename();
  show(LeaveDialog, { work, leaving: () => (left += 1), stay: () => {} });
  press('Discard changes');
  await expect.poll(() => left).toBe(1);
  expect([work.changed, work.title]).toEqual([false, 'Shop']);
});

test('who closes the question about an old draft goes on with it, on the canvas, and is told', async () => {
  rename();
  work.keep();
  await expect.poll(() => work.standing).toBe('kept');
  const draft = await drafts.get('shop');
  if (!draft) throw new Error('there is a draft');
  await drafts.put({ ...draft, version: 'v0' });
  await open();
  const { recalls } = work.editor;
  show(StaleDraftDialog, { work });
  expect(buttons('dialog')).toEqual(['Continue my draft', 'Discard it']);
  document.querySelector('dialog')?.close();
  await expect.poll(() => work.editor.recalls).toBe(recalls + 1);
  expect([work.title, work.news.join()]).toEqual(['New', expect.stringMatching(/Your draft is continued/)]);
});

test('a collision is asked about place by place, and saved only when all is decided', () => {
  const conflict: Conflict = {
    subject: [],
    field: 'summary/title',
    trouble: 'both_changed',
    layout: false,
    place: { diagram: null, cell: null, threat: null, path: ['summary', 'title'] },
    base: 'Shop',
    ours: 'Mine',
    theirs: 'Theirs',
    leftOut: [],
  };
  show(Collisions, {
    work,
    problem: new Problem(409, 'Conflict', 'It collides.', { conflicts: [conflict] }),
  });
  expect([...document.querySelectorAll('legend, label')].map(({ textContent }) => textContent.trim())).toEqual([
    'The model › Title',
    'Keep mine: Mine',
    'Take theirs: Theirs',
    'Keep both: theirs, then mine',
  ]);
  expect(buttons()).not.toContain('Try again');
  const save = document.querySelector<HTMLButtonElement>('form button');
  expect(save?.disabled).toBe(true);
  document.querySelector<HTMLInputElement>('input[type=radio]')?.click();
  flushSync();
  expect(save?.disabled).toBe(false);
});

test('what could not be opened is named, and has the focus', () => {
  const trouble = new Unreadable('This is not valid JSON', 'Line 1.', 'Mend it.');
  show(UnreadableNotice, { trouble, name: 'broken.json', focused: true });
  expect(document.activeElement?.textContent).toBe('This is not valid JSON');
  expect(document.querySelector('[role=alert]')?.textContent).toContain('broken.json');
});
