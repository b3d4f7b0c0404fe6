import { expect, test } from 'vitest';
import { fileNameFor } from './file-name.ts';

test('a model’s file is called by its title', () => {
  expect(fileNameFor('Web/shop', [])).toBe('Web shop.json');
  expect(fileNameFor('..', [])).toBe('Threat model.json');
});

test('a name that is taken is numbered', () => {
  expect(fileNameFor('Shop', ['Shop.json', 'Shop 2.json'])).toBe('Shop 3.json');
});
