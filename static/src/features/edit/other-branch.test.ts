import { beforeEach, expect, test, vi } from 'vitest';
import { createBranch } from '../../api/models.ts';
import { Problem } from '../../api/problem.ts';
import type { ModelAddress } from '../../routes.ts';
import { OtherBranch } from './other-branch.svelte.ts';

vi.mock('../../api/models.ts', () => ({ createBranch: vi.fn() }));

const AT: ModelAddress = { provider: 'github', repository: 'acme/shop', branch: 'main', model: 'checkout' };
const PROTECTED = new Problem(403, '', '', { code: 'branch_protected' });

let other: OtherBranch;

beforeEach(() => {
  vi.mocked(createBranch).mockReset();
  other = new OtherBranch();
});

test('as long as the branch has refused nothing it is done there', async () => {
  expect(await other.place(AT)).toBe(AT);
  expect(other.offers(new Problem(403, '', '', { code: 'forbidden' }), AT)).toBe(false);
  expect(other.name).toBeNull();
});

test('a protected branch leads to a new one, which is made once', async () => {
  expect(other.offers(PROTECTED, AT)).toBe(true);
  expect(other.name).toMatch(/^threat-model\/checkout-/);
  other.name = 'try';
  expect(await other.place(AT)).toEqual({ ...AT, branch: 'try' });
  expect(await other.place(AT)).toEqual({ ...AT, branch: 'try' });
  expect(vi.mocked(createBranch).mock.calls).toEqual([['acme/shop', 'try', 'main']]);
});

test('what is protected too is not asked about again', () => {
  other.offers(PROTECTED, AT);
  expect(other.offers(PROTECTED, AT)).toBe(false);
});

test('a name that will not do is told, until another one is typed', async () => {
  other.offers(PROTECTED, AT);
  other.name = 'no such..name';
  expect([await other.place(AT), other.fault]).toEqual([null, expect.stringMatching(/./)]);
  other.name = 'main';
  vi.mocked(createBranch).mockRejectedValueOnce(new Problem(409, '', '', { code: 'already_exists' }));
  expect([await other.place(AT), other.fault]).toEqual([null, expect.stringMatching(/already/)]);
  other.retyped();
  expect(other.fault).toBe('');
});
