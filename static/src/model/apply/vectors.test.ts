/// The cases that server and browser have in common.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Document } from '../document.ts';
import { asText, get, isObject, items, type Container } from '../json/node.ts';
import { parse } from '../json/parse.ts';
import { OperationError } from '../operation.ts';
import { operationOf } from '../operation-form.ts';
import { apply } from './apply.ts';

const VECTORS = '../tests/vectors';

const files = readdirSync(`${VECTORS}/operations`);

test('there are vectors', () => {
  expect(files.length).toBeGreaterThan(2);
});

describe.each(files)('%s', (file) => {
  const cases = items(parse(readFileSync(`${VECTORS}/operations/${file}`, 'utf8')).root).filter(isObject);
  test('has cases', () => expect(cases.length).toBeGreaterThan(0));
  test.each(cases.map((each) => [asText(get(each, 'name')), each] as const))('%s', (_, each) => {
    const before = readFileSync(`${VECTORS}/models/${asText(get(each, 'model'))}`, 'utf8');
    expect(outcome(before, each)).toBe(wanted(before, each));
  });
});

function outcome(before: string, each: Container): string {
  const document = Document.parse(before);
  try {
    return apply(document, operationOf(get(each, 'operation'))).text();
  } catch (thrown) {
    if (thrown instanceof OperationError) return thrown.code;
    throw thrown;
  }
}

function wanted(before: string, each: Container): string {
  const hunks = items(get(each, 'hunks')).reduce((text, hunk) => {
    const [from, to] = [asText(get(hunk, 'from')) ?? '', asText(get(hunk, 'to')) ?? ''];
    const pieces = text.split(from);
    expect(pieces.length, `${from} stands there once`).toBe(2);
    return pieces.join(to);
  }, before);
  return asText(get(each, 'error')) ?? hunks;
}
