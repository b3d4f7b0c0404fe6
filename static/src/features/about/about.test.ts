import { flushSync, mount, unmount } from 'svelte';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as documents from '../../api/documents.ts';
import { Problem } from '../../api/problem.ts';
import { Editor } from '../../editor/editor.svelte.ts';
import { Document } from '../../model/document.ts';
import { factsOf } from '../../model/facts.ts';
import { History } from '../../model/history.ts';
import About from './About.svelte';
import { namesIn, withAdded, withMoved, without } from './contributors.ts';
import { dayOf } from './day.ts';

const TEXT = `{
  "version": "2.0",
  "summary": { "title": "Shop" },
  "released_at": "Q3 2026",
  "detail": {
    "contributors": [
      { "name": "Ada", "mail": "a@x" },
      { "name": "Grace" },
      { "name": "Edsger", "n": 1.0 }
    ],
    "diagrams": [{ "id": 0, "title": "One", "cells": [] }, { "id": 0, "title": "Two", "cells": [] }]
  }
}`;

let shown: object | null = null;
let editor: Editor;
const show = vi.fn();

class NothingSeen {
  observe() {}
  disconnect() {}
}

beforeEach(() => {
  vi.stubGlobal('IntersectionObserver', NothingSeen);
  vi.spyOn(documents, 'findings').mockResolvedValue([]);
  editor = new Editor(History.of(Document.parse(TEXT)), 0, { newId: () => 'new', now: () => 0 });
});

afterEach(() => {
  if (shown) void unmount(shown);
  shown = null;
  document.body.replaceChildren();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  show.mockClear();
});

async function open() {
  shown = mount(About, { target: document.body, props: { editor, show } });
  flushSync();
  await vi.waitFor(() => expect(documents.findings).toHaveBeenCalled());
  await settle();
}

async function settle() {
  await Promise.resolve();
  await new Promise((resolve) => setTimeout(resolve, 0));
  flushSync();
}

function field(label: string): HTMLInputElement {
  const found = [...document.querySelectorAll('label')].find((each) => each.textContent === label);
  const input = document.getElementById(found?.htmlFor ?? '');
  if (!input) throw new Error(`no field ${label}`);
  return input as HTMLInputElement;
}

function type(label: string, value: string) {
  const input = field(label);
  input.value = value;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  flushSync();
}

function key(target: Element, name: string, more: KeyboardEventInit = {}) {
  target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true, ...more }));
  flushSync();
}

const facts = () => factsOf(editor.document);
const people = () => facts().contributors.map(({ name }) => name);

test('what is typed in one go is one step, and the file says it where it belongs', async () => {
  await open();
  type('Owner', 'A');
  type('Owner', 'Ada');
  expect(editor.history.steps).toHaveLength(1);
  type('Reviewer', 'Grace');
  type('Release version', '2.0');
  type('Description', '# Why');
  expect(facts()).toMatchObject({ owner: 'Ada', reviewer: 'Grace', releaseVersion: '2.0', description: '# Why' });
  expect(editor.document.text()).toContain('"release_version": "2.0"');
  for (const _ of editor.history.steps) editor.undo();
  expect(editor.document.text()).toBe(TEXT);
});

test('a title is wanted', async () => {
  await open();
  type('Title', ' ');
  expect(field('Title').getAttribute('aria-invalid')).toBe('true');
  expect(document.body.textContent).toContain('A model needs a title');
});

test('what is no day stays in the file and is told, until a day is chosen', async () => {
  await open();
  const date = field('Release date');
  expect(date.value).toBe('');
  expect(document.body.textContent).toContain('“Q3 2026”');
  date.dispatchEvent(new Event('change', { bubbles: true }));
  expect(facts().releasedAt).toBe('Q3 2026');
  date.value = '2026-11-30';
  date.dispatchEvent(new Event('change', { bubbles: true }));
  expect(facts().releasedAt).toBe('2026-11-30');
});

test('contributors are added once, moved, removed, and got back', async () => {
  await open();
  const input = field('Contributors');
  for (const [typed, by] of [
    ['Barbara', 'Enter'],
    ['Ada', ','],
    ['  Linus  T ', ';'],
    ['', 'Enter'],
  ] as const) {
    input.value = typed;
    input.dispatchEvent(new Event('input', { bubbles: true }));
    key(input, by);
  }
  expect(people()).toEqual(['Ada', 'Grace', 'Edsger', 'Barbara', 'Linus T']);
  const tags = () => [...document.querySelectorAll('[data-person]')];
  const [first] = tags();
  if (first) key(first, 'ArrowRight', { altKey: true });
  expect(people()).toEqual(['Grace', 'Ada', 'Edsger', 'Barbara', 'Linus T']);
  await settle();
  expect(document.activeElement).toBe(tags()[1]);
  if (document.activeElement) key(document.activeElement, 'Delete');
  expect(people()).toEqual(['Grace', 'Edsger', 'Barbara', 'Linus T']);
  editor.undo();
  expect(people()[1]).toBe('Ada');
  expect(editor.document.text()).toContain('"mail": "a@x"');
});

test('what else is said of contributors stays as it is spelled', () => {
  const { document: model } = editor;
  const raw = (value: unknown) => (value as { raw: string }).raw;
  expect(raw(withMoved(model, 2, 0))).toBe(
    '[\n      { "name": "Edsger", "n": 1.0 },\n      { "name": "Ada", "mail": "a@x" },\n      { "name": "Grace" }\n    ]',
  );
  expect(raw(without(model, 1))).toBe(
    '[\n      { "name": "Ada", "mail": "a@x" },\n      { "name": "Edsger", "n": 1.0 }\n    ]',
  );
  expect(raw(withAdded(model, ['X']))).toContain('{ "name": "Edsger", "n": 1.0 },');
  const bare = Document.parse('{"version":"2.0","summary":{"title":"T"},"detail":{"contributors":7,"diagrams":[]}}');
  expect(withAdded(bare, ['X'])).toEqual([{ name: 'X' }]);
});

test.each([
  ['Ada, Grace;  Edsger\nAda', ['Ada', 'Grace', 'Edsger']],
  [' ,; ', []],
  ['<script>alert(1)</script>', ['<script>alert(1)</script>']],
])('the names in %j', (text, names) => {
  expect(namesIn(text)).toEqual(names);
});

test.each([
  ['2026-02-29', false],
  ['2028-02-29', true],
  ['2026-13-01', false],
  ['30.11.2026', false],
  ['', false],
])('%j is a day: %j', (text, isDay) => {
  expect(dayOf(text) !== null).toBe(isDay);
});

test('a diagram that has the id of another is told, and nothing can be done with it', async () => {
  await open();
  const [one, two] = document.querySelectorAll('article');
  expect(one?.querySelectorAll('button').length).toBe(5);
  expect(two?.querySelectorAll('button').length).toBe(0);
  expect(two?.textContent).toContain('Another diagram in the file has the same id');
});

test('undo and redo by keys, but not in a field', async () => {
  await open();
  type('Owner', 'Ada');
  key(field('Owner'), 'z', { ctrlKey: true });
  expect(facts().owner).toBe('Ada');
  key(document.body, 'z', { ctrlKey: true });
  expect(facts().owner).toBe('');
  key(document.body, 'y', { ctrlKey: true });
  expect(facts().owner).toBe('Ada');
});

test('a finding leads to what it is about; that nothing could be checked is said', async () => {
  const subject = {
    diagram: { id: 0, title: 'One' },
    cell: { id: 'c', name: '<b>', kind: 'process' },
    threat: { id: 't', number: 7, title: 'Theft' },
  };
  const finding = { rule: 'r', name: 'R', message: 'Odd.', pointer: '' };
  vi.mocked(documents.findings).mockResolvedValue([
    { ...finding, level: 'note', subject: {} },
    { ...finding, level: 'error', subject },
  ]);
  await open();
  const ways = () => [...document.querySelectorAll<HTMLElement>('[aria-label^="Show me"]')];
  expect(ways().map((way) => way.ariaLabel ?? way.getAttribute('aria-label'))).toEqual([
    'Show me: #7 Theft',
    'Show me: the model',
  ]);
  ways()[0]?.click();
  expect(show).toHaveBeenCalledWith(0, 'c', 't');
  ways()[1]?.click();
  expect(document.activeElement).toBe(field('Title'));

  vi.mocked(documents.findings).mockRejectedValue(new Problem(503, 'x', ''));
  [...document.querySelectorAll('button')].find((each) => each.textContent?.trim() === 'Check again')?.click();
  await settle();
  expect(document.querySelector('[role="alert"]')?.textContent).toContain('The model could not be checked.');
  expect(ways()).toHaveLength(2);
});
