import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { modelText } from '../../api/calls.ts';
import { deleteModel } from '../../api/models.ts';
import { Problem } from '../../api/problem.ts';
import { deletedModels } from './deleted.svelte.ts';

vi.mock('../../api/calls.ts', () => ({ modelText: vi.fn() }));
vi.mock('../../api/models.ts', () => ({ deleteModel: vi.fn(), createModel: vi.fn() }));

const AT = { provider: 'local', repository: 'demo/shop', branch: 'main', model: 'Shop' } as const;

beforeEach(() => void vi.mocked(modelText).mockResolvedValueOnce({ text: '{}', version: 'v1' }));

afterEach(() => {
  vi.resetAllMocks();
  deletedModels.forgetAll();
});

const texts = () => deletedModels.of(AT.repository, AT.branch).map(({ text }) => text);

test.each([0, 502])(
  'a model whose deletion was not answered (%i), but that is gone, can be brought back',
  async (status) => {
    vi.mocked(deleteModel).mockRejectedValueOnce(new Problem(status, '', ''));
    vi.mocked(modelText).mockRejectedValueOnce(new Problem(404, '', ''));
    await deletedModels.delete(AT);
    expect(texts()).toEqual(['{}']);
  },
);

test('one that is still there is not said to be deleted', async () => {
  vi.mocked(deleteModel).mockRejectedValueOnce(new Problem(502, '', ''));
  vi.mocked(modelText).mockResolvedValueOnce({ text: '{}', version: 'v1' });
  await expect(deletedModels.delete(AT)).rejects.toMatchObject({ status: 502 });
  expect(texts()).toEqual([]);
});

test('a refusal is no deletion', async () => {
  vi.mocked(deleteModel).mockRejectedValueOnce(new Problem(412, '', ''));
  await expect(deletedModels.delete(AT)).rejects.toMatchObject({ status: 412 });
  expect([texts(), vi.mocked(modelText).mock.calls.length]).toEqual([[], 1]);
});
