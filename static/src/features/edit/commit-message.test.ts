import { expect, test } from 'vitest';
import { messageFault } from './commit-message.ts';

test.each([
  ['', null],
  ['  Geprüft mit Grace 😀 ', null],
  ['ü'.repeat(500), null],
  [`${'ü'.repeat(500)}x`, 'edit.message-too-long'],
  ['one\ntwo', 'edit.message-lines'],
  ['one\u2028two', 'edit.message-lines'],
  ['a\0b', 'edit.message-lines'],
  ['--- a/file', 'edit.message-ends'],
  [' # -- >8 --', 'edit.message-ends'],
  ['-- two only', null],
])('%j: %s', (text, fault) => {
  expect(messageFault(text)).toBe(fault);
});
