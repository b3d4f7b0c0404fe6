/// Every single edit of real files changes one place of the text.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Document } from '../document.ts';
import type { Operation } from '../operation.ts';
import type { CellView, DiagramView } from '../views.ts';
import { apply } from './apply.ts';

const SAMPLES = '../../shared/samples/threat-dragon-v2';

/** The lines of each text between what they have in common at both ends. */
function changed(before: string, after: string): [string[], string[]] {
  const [old, fresh] = [before.split('\n'), after.split('\n')];
  let head = 0;
  while (head < old.length && old[head] === fresh[head]) head += 1;
  let tail = 0;
  while (tail < Math.min(old.length, fresh.length) - head && old.at(-1 - tail) === fresh.at(-1 - tail)) tail += 1;
  return [old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail)];
}

function edits(diagram: number, cell: CellView): [Operation, most: number][] {
  const place = { diagram, cell: cell.id };
  const field: [Operation, number] = [
    { type: 'setCellField', ...place, key: 'description', value: 'Edited by a test' },
    1,
  ];
  if (cell.position) return [[{ type: 'moveCell', ...place, x: 12345, y: 6789.5 }, 2], field];
  return [[{ type: 'setEnd', ...place, end: 'target', to: { x: 12345, y: 6789.5 } }, 4], field];
}

function diagramsOf(document: Document): [number, DiagramView][] {
  return document.diagrams.flatMap((diagram) => (diagram.id === null ? [] : [[diagram.id, diagram]]));
}

test.runIf(existsSync(SAMPLES))('an edit of a real file changes the lines that it is about', () => {
  let count = 0;
  for (const name of readdirSync(SAMPLES)) {
    const before = readFileSync(`${SAMPLES}/${name}`, 'utf8');
    const document = Document.parse(before);
    for (const [id, diagram] of diagramsOf(document)) {
      for (const cell of diagram.cells) {
        for (const [operation, most] of edits(id, cell)) {
          const [gone, come] = changed(before, apply(document, operation).text());
          expect(come.length, `${name} ${JSON.stringify(operation)} ${come.join('\n')}`).toBeGreaterThan(0);
          // A member that is new behind the last one also gives that one a comma.
          expect(Math.max(gone.length, come.length), `${name} ${come.join('\n')}`).toBeLessThanOrEqual(most + 1);
          count += 1;
        }
      }
    }
  }
  expect(count).toBeGreaterThan(200);
});
