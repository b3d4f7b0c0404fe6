import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { INCOMPLETE } from './languages.ts';
import { messagesOf } from './testing.ts';
import { tags } from './translate.svelte.ts';

type Messages = Record<string, Record<string, string>>;

const english: Messages = messagesOf('en');
const COUNTED = /_(zero|one|two|few|many|other)$/;

/** `part.name` without the form of a number, and which forms there are. */
function namesOf(messages: Messages): Map<string, string[]> {
  const names = new Map<string, string[]>();
  for (const [part, of] of Object.entries(messages)) {
    for (const key of Object.keys(of)) {
      const name = `${part}.${key.replace(COUNTED, '')}`;
      names.set(name, [...(names.get(name) ?? []), COUNTED.exec(key)?.[1] ?? '']);
    }
  }
  return names;
}

function variables(text: string): string[] {
  return [...text.matchAll(/\{([\w-]+)\}/g)].map(([, name]) => name ?? '').toSorted();
}

const others = tags.filter((tag) => tag !== 'en');

test.each(others)('%s has every message of English, and no other', (tag) => {
  const names = [...namesOf(english).keys()].toSorted();
  const own = namesOf(messagesOf(tag));
  expect([...own.keys()].filter((name) => !names.includes(name))).toEqual([]);
  if (!INCOMPLETE.has(tag)) expect([...own.keys()].toSorted()).toEqual(names);
});

test.each(tags)('%s has each counted message in all the forms that it needs', (tag) => {
  const forms = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
  const lacking = [...namesOf(messagesOf(tag))].filter(
    ([, found]) => found.some((form) => form !== '') && !forms.every((form) => found.includes(form)),
  );
  expect(lacking).toEqual([]);
});

test.each(others)('%s names in each message what English does', (tag) => {
  const wrong = Object.entries(messagesOf(tag)).flatMap(([part, messages]) =>
    Object.entries(messages).flatMap(([key, text]) => {
      const own = english[part]?.[key] ?? english[part]?.[key.replace(COUNTED, '_other')] ?? '';
      // A form for one thing need not say the number.
      const told = (of: string) => variables(of).filter((name) => name !== 'count');
      return String(told(text)) === String(told(own)) ? [] : [`${part}.${key}: ${text}`];
    }),
  );
  expect(wrong).toEqual([]);
});

test.each(tags)('%s has no empty message, and none with a space at an end', (tag) => {
  const all = Object.values(messagesOf(tag)).flatMap((messages) => Object.entries(messages));
  expect(all.filter(([, text]) => text.trim() !== text || text === '')).toEqual([]);
});

test('every message is used', () => {
  const code = readdirSync('src', { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(ts|svelte)$/.test(path) && !path.endsWith('.test.ts'))
    .map((path) => readFileSync(`src/${path}`, 'utf8'))
    .join('\n');
  // Keys that are put together, such as `terms.kind-${kind}`.
  const made = [...code.matchAll(/`([a-z-]+\.[\w-]+-)\$\{/g)].map(([, start]) => start ?? '');
  const unused = [...namesOf(english).keys()].filter(
    (name) =>
      !code.includes(`'${name}'`) && !code.includes(`"${name}"`) && !made.some((start) => name.startsWith(start)),
  );
  expect(unused).toEqual([]);
});
