/// What is written can be read again: what could not is refused.
import { expect, test } from 'vitest';
import { Document } from '../document.ts';
import { OperationError, type NewValue, type Operation } from '../operation.ts';
import { apply, applyAll } from './apply.ts';

const TEXT = `{"version":"2.0","summary":{"title":"T"},"detail":{"diagrams":[{"id":0,"title":"D","cells":[
  {"id":"a","shape":"actor"}]}]}}`;
const HALF = '\ud83d';

function nested(depth: number): NewValue {
  let value: NewValue = 'x';
  for (let count = 0; count < depth; count += 1) value = [value];
  return value;
}

const field = (key: string, value: NewValue): Operation => ({
  type: 'setCellField',
  diagram: 0,
  cell: 'a',
  key,
  value,
});

test.each<[string, Operation]>([
  ['half a character in a name', { type: 'nameCell', diagram: 0, cell: 'a', name: `x${HALF}` }],
  ['in a value', field('description', HALF)],
  ['in a key', field(HALF, '')],
  ['in a key inside', field('x', { deep: [{ [HALF]: 1 }] })],
  ['in a map', field('x', new Map([[HALF, 1]]))],
  ['in a summary', { type: 'setSummaryField', key: 'title', value: `${HALF}${HALF}` }],
  ['a value that is too deep', field('x', nested(58))],
  ['one that is far too deep', field('x', nested(100_000))],
])('%s is invalid', (_, operation) => {
  expect(() => apply(Document.parse(TEXT), operation)).toThrow(expect.objectContaining({ code: 'invalid' }));
  expect(() => apply(Document.parse(TEXT), operation)).toThrow(OperationError);
});

test('whole characters and the deepest values are read again', () => {
  const document = applyAll(Document.parse(TEXT), [field('🛒', '🛒'), field('deep', nested(57))]);
  expect(Document.parse(document.text()).text()).toBe(document.text());
});
