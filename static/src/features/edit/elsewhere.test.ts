import { expect, test } from 'vitest';
import { branchNameFor } from './elsewhere.ts';

const NOON = new Date('2026-03-04T12:00:00Z');

test.each([
  ['Web shop', 'threat-model/web-shop-2026-03-04'],
  ['Überweisung: A/B..C ~ D^', 'threat-model/uberweisung-a-b-c-d-2026-03-04'],
  ['支払い', 'threat-model/支払い-2026-03-04'],
  ['../..', 'threat-model/changes-2026-03-04'],
  ['x'.repeat(300), `threat-model/${'x'.repeat(60)}-2026-03-04`],
])('of %j the branch is called %s', (model, name) => {
  expect(branchNameFor(model, NOON)).toBe(name);
});
