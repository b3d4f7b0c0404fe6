/// English, there at once: for tests that mount components.
import { readdirSync, readFileSync } from 'node:fs';
import { showMessages } from './translate.svelte.ts';

const FOLDER = 'src/i18n/messages';

/** The messages of a language by part, as its files have them. */
export function messagesOf(tag: string): Record<string, Record<string, string>> {
  const files = readdirSync(`${FOLDER}/${tag}`);
  return Object.fromEntries(
    files.map((file) => [file.replace(/\.json$/, ''), JSON.parse(readFileSync(`${FOLDER}/${tag}/${file}`, 'utf8'))]),
  );
}

showMessages('en', messagesOf('en'), messagesOf('en'));
