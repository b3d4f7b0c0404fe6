/// The shared pictures of tests/vectors/pictures: what this app exports, and the server's renderer draws as well.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { Document } from '../../model/document.ts';
import { toSvg } from './svg.ts';

const FOLDER = resolve(import.meta.dirname, '../../../../tests/vectors/pictures');
const EXAMPLES = resolve(import.meta.dirname, '../../features/browse/examples');

const models = [FOLDER, EXAMPLES].flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({ name: name.replace('.json', ''), file: resolve(folder, name) })),
);

/** `WRITE_VECTORS=1` writes them anew; then look at what has changed. */
const isWriting = process.env['WRITE_VECTORS'] === '1';

test.each(models)('$name is exported as its pictures are', ({ name, file }) => {
  const document = Document.parse(readFileSync(file, 'utf8'));
  expect(document.diagrams.length).toBeGreaterThan(0);
  for (const diagram of document.diagrams) {
    for (const theme of ['light', 'dark'] as const) {
      const picture = resolve(FOLDER, `${name}-${diagram.id}-${theme}.svg`);
      const svg = toSvg(document, diagram, { theme, badges: true });
      if (isWriting) writeFileSync(picture, svg);
      expect(existsSync(picture) && readFileSync(picture, 'utf8')).toBe(svg);
    }
  }
});
