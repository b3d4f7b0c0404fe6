import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import { newModel } from '../../model/new-model.ts';
import type { Draft } from './drafts.ts';
import type { Work } from './work.svelte.ts';

// Only then does the browser of the test keep drafts.
const { desk } = await import('./desk.svelte.ts');
const { drafts } = await import('./drafts.ts');

const NAME = 'threat-model.json';

beforeEach(async () => {
  desk.close();
  for (const { key } of await drafts.list()) await drafts.delete(key);
});

async function open(text: string): Promise<Work> {
  await desk.openText(NAME, text);
  if (!desk.work) throw new Error('it is opened');
  return desk.work;
}

async function own(work: Work, owner: string): Promise<void> {
  work.editor.do('Set the owner', [{ type: 'setSummaryField', key: 'owner', value: owner }]);
  work.keep();
  await expect.poll(() => work.standing).toBe('kept');
}

const unsaved = async () => (await drafts.list()).filter(({ changed }) => changed).map(({ title }) => title);

test('two files of one name have a draft each, and neither is taken for the other', async () => {
  await own(await open(newModel('Project A')), 'Ada');
  const other = await open(newModel('Project B'));
  expect([other.title, other.stale, other.changed]).toEqual(['Project B', null, false]);
  expect(desk.namesake?.title).toBe('Project A');
  await own(other, 'Bob');
  expect((await unsaved()).toSorted()).toEqual(['Project A', 'Project B']);

  const again = await open(newModel('Project A'));
  expect([again.changed, desk.namesake]).toEqual([true, null]);
  expect(again.editor.document.text()).toContain('Ada');
});

test('a draft of another text under the name is gone on with when that is chosen', async () => {
  await own(await open(newModel('Project A')), 'Ada');
  await open(newModel('Project B'));
  await desk.continue(desk.namesake as Draft);
  expect([desk.work?.title, desk.work?.changed, desk.namesake]).toEqual(['Project A', true, null]);
  expect(await unsaved()).toEqual(['Project A']);
});
