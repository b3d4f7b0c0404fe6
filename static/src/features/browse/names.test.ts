import { expect, test } from 'vitest';
import { branchFault, modelNameFault } from './names.ts';

test.each([
  ['main', null],
  ['feature/x-1', null],
  ['ветка/威胁', null],
  ['', 'browse.name-empty'],
  ['ü'.repeat(121), 'browse.name-long'],
  ['a\u202eb', 'browse.name-hidden'],
  ['a\tb', 'browse.name-hidden'],
  ['two words', 'browse.branch-signs'],
  ['a^b', 'browse.branch-signs'],
  ['a..b', 'browse.branch-pairs'],
  ['a@{1}', 'browse.branch-pairs'],
  ['-x', 'browse.branch-begin'],
  ['@', 'browse.branch-begin'],
  ['/x', 'browse.branch-slashes'],
  ['a//b', 'browse.branch-slashes'],
  ['a/.b', 'browse.branch-stops'],
  ['a.', 'browse.branch-stops'],
  ['a.LOCK/b', 'browse.name-lock'],
  ['HEAD', 'browse.name-taken-by-git'],
  ['refs/heads/x', 'browse.name-taken-by-git'],
  ['0123456789abcdef0123456789abcdef01234567', 'browse.branch-commit'],
])('a branch called %j: %s', (name, fault) => {
  expect(branchFault(name)).toBe(fault);
});

test.each([
  ['Web shop 50% & co #1?', null],
  ['威胁 🐉', null],
  ['console', null],
  ['COM10', null],
  ['', 'browse.name-empty'],
  ['x'.repeat(241), 'browse.name-long'],
  ['a\u0000', 'browse.name-hidden'],
  ['a/b', 'browse.model-slash'],
  ['..', 'browse.model-stop'],
  [' a', 'browse.model-spaces'],
  ['a.lock', 'browse.name-lock'],
  ['.GIT', 'browse.name-taken-by-git'],
  ['con.old', 'browse.model-device'],
  ['LPT9', 'browse.model-device'],
])('a model called %j: %s', (name, fault) => {
  expect(modelNameFault(name)).toBe(fault);
});
