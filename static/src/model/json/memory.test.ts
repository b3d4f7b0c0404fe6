import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { Document } from '../document.ts';
import { History } from '../history.ts';
import { newNode } from '../new-cell.ts';

const STEPS = 20;

/** The bytes that are in use once all that is not is gone. */
function used(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

test('the texts of the documents that have been are not kept', () => {
  const place = { x: 0, y: 0, width: 9, height: 9 };
  const cells = Array.from({ length: 2000 }, (_, index) => newNode('process', `n${index}`, 'Name', place));
  const model = { version: '2.0', summary: { title: 'T' }, detail: { diagrams: [{ id: 0, title: 'D', cells }] } };
  const text = JSON.stringify(model, null, 2);
  let history = History.of(Document.parse(text));
  history = history.do({ name: 'Move', at: 0, operations: [{ type: 'moveCell', diagram: 0, cell: 'n5', x: 0, y: 1 }] });
  const before = used();
  for (let x = 1; x <= STEPS; x += 1) {
    history = history.do({ name: 'Move', at: 0, operations: [{ type: 'moveCell', diagram: 0, cell: 'n5', x, y: 1 }] });
    expect(history.document.text()).toHaveLength(history.document.root.length);
  }
  expect((used() - before) / STEPS).toBeLessThan(text.length / 2);
  expect(history.steps).toHaveLength(STEPS + 1);
});
