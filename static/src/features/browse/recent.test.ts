import { beforeEach, expect, test } from 'vitest';
import { session } from '../../api/calls.ts';
import { Problem } from '../../api/problem.ts';
import type { ModelAddress } from '../../routes.ts';
import { recent, rememberingModel, rememberingRepository } from './recent.ts';

const ADA = { provider: 'local', username: 'ada' } as const;

function model(name: string, repository = 'demo/shop'): ModelAddress {
  return { provider: 'local', repository, branch: 'main', model: name };
}

const names = () => recent(ADA).models.map((each) => each.model);
const gone = () => Promise.reject(new Problem(404, '', ''));

beforeEach(() => {
  localStorage.clear();
  session.hold(ADA);
});

test('the models read last come first, once each, and only so many', async () => {
  for (let count = 0; count < 10; count += 1) await rememberingModel(model(`m ${count}`), Promise.resolve());
  await rememberingModel(model('m 5'), Promise.resolve());
  expect(names()).toEqual(['m 5', 'm 9', 'm 8', 'm 7', 'm 6', 'm 4', 'm 3', 'm 2']);
  expect(recent({ ...ADA, username: 'grace' }).models).toEqual([]);
  expect(recent({ provider: 'github', username: 'ada' }).models).toEqual([]);
});

test('what is not there any more is forgotten, what only failed is not', async () => {
  for (const name of ['a', 'b']) await rememberingModel(model(name), Promise.resolve());
  await expect(rememberingModel(model('a'), gone())).rejects.toThrow();
  await expect(rememberingModel(model('b'), Promise.reject(new Problem(503, '', '')))).rejects.toThrow();
  expect(names()).toEqual(['b']);
});

test('with a repository its models are forgotten', async () => {
  await rememberingModel(model('a', 'demo/old'), Promise.resolve());
  await rememberingModel(model('b'), Promise.resolve());
  await rememberingRepository('demo/old', Promise.resolve());
  expect(recent(ADA).repositories).toEqual(['demo/old']);
  await expect(rememberingRepository('demo/old', gone())).rejects.toThrow();
  expect(recent(ADA)).toEqual({ models: [model('b')].map((each) => expect.objectContaining(each)), repositories: [] });
});

test('what somebody else has written there does no harm', () => {
  const written = ['', '[]', '{', '{"models":[1,"x","#/git/local/a%2Fb/c/d/e"],"repositories":{"a":1}}', 'null'];
  for (const text of written) {
    localStorage.setItem('wyvern.recent local ada', text);
    expect(recent(ADA)).toEqual({ models: [], repositories: [] });
  }
});
