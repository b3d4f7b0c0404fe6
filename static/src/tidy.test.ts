/// What the compiler cannot hold: which folder may import from which, how files begin, how long they are.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

const LINES_MAX = 400;

/** The folders that each folder may import from; the files beside them may import from all. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  model: [],
  i18n: ['model'],
  api: ['i18n'],
  ui: ['api', 'i18n'],
  styles: [],
  editor: ['i18n', 'model', 'styles', 'ui'],
  features: ['api', 'editor', 'i18n', 'model', 'ui'],
};

/** Files of the app itself that folders may import from. */
const SHARED: ReadonlySet<string> = new Set(['providers.ts', 'routes.ts', 'here.svelte.ts', 'kept.ts']);

interface Source {
  readonly path: string;
  readonly text: string;
}

const sources: readonly Source[] = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(ts|svelte)$/.test(path))
  .map((path) => ({ path, text: readFileSync(join('src', path), 'utf8') }));

const faults = (of: (source: Source) => readonly string[]) =>
  sources.flatMap((source) => of(source).map((fault) => `${source.path}: ${fault}`));

test('there are files to look at', () => {
  expect(sources.length).toBeGreaterThan(100);
});

test('a folder imports only from those below it', () => {
  const wrong = faults(({ path, text }) => {
    const folder = path.split('/')[0] ?? '';
    const allowed = LAYERS[folder];
    if (!allowed) return [];
    return [...text.matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g)]
      .map(([, target]) => relative('.', join(dirname(path), target ?? '')))
      .filter((target) => {
        const other = target.split('/')[0] ?? '';
        return other !== folder && !allowed.includes(other) && !SHARED.has(target);
      });
  });
  expect(wrong).toEqual([]);
});

test('the model knows no page and no server', () => {
  const pure = sources.filter(({ path }) => path.startsWith('model/') && !path.endsWith('.test.ts'));
  const named = /\b(?:window|fetch|localStorage|indexedDB|Date\.now|Math\.random|crypto)\b(?!['`])/;
  const code = (text: string) => text.replace(/\/\*[^]*?\*\/|\/\/.*/g, '');
  expect(pure.filter(({ text }) => named.test(code(text))).map(({ path }) => path)).toEqual([]);
});

test('each file begins with what it is for, and is not long', () => {
  const wrong = faults(({ path, text }) => {
    const begins = path.endsWith('.svelte') ? /^<!--\s/ : /^\/\/\/ /;
    const lines = text.split('\n').length;
    return [
      ...(begins.test(text) || path.endsWith('.test.ts') || path === 'main.ts' ? [] : ['does not say what it is for']),
      ...(lines > LINES_MAX ? [`has ${lines} lines`] : []),
    ];
  });
  expect(wrong).toEqual([]);
});

test('text is never taken for HTML or for style', () => {
  const wrong = faults(({ path, text }) =>
    path.endsWith('.svelte')
      ? [...text.matchAll(/\{@html|\sstyle="|innerHTML|outerHTML/g)].map(([found]) => found)
      : [],
  );
  expect(wrong).toEqual([]);
});
