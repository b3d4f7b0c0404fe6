import { readFileSync } from 'node:fs';
import openapiTypescript, { astToString } from 'openapi-typescript';
import { expect, test } from 'vitest';

const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');

test('the types are those of the description: otherwise run `npm run types`', async () => {
  const made = astToString(await openapiTypescript(JSON.parse(read('openapi.json')), { immutable: true }));
  expect(read('schema.d.ts')).toContain(made);
}, 30_000);
