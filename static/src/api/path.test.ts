import { expect, test } from 'vitest';
import { path } from './path.ts';

test('each name is one segment, whatever it holds', () => {
  const names = { organisation: 'group', repo: 'sub/pröject', branch: 'feature/a b', model: '{repo}?#%' };
  expect(path('/api/threatmodel/{organisation}/{repo}/{branch}/{model}/data', names)).toBe(
    '/api/threatmodel/group/sub%2Fpr%C3%B6ject/feature%2Fa%20b/%7Brepo%7D%3F%23%25/data',
  );
});

test('a query follows where there is one', () => {
  expect(path('/api/threatmodel/repos', {})).toBe('/api/threatmodel/repos');
  expect(path('/api/threatmodel/repos', {}, { page: 2, searchQuery: 'a&b' })).toBe(
    '/api/threatmodel/repos?page=2&searchQuery=a%26b',
  );
});

test('what the description does not have does not compile', () => {
  // @ts-expect-error There is no such path.
  path('/api/nothing', {});
  // @ts-expect-error A name is missing.
  path('/api/login/{provider}', {});
  // @ts-expect-error There is no such parameter.
  path('/api/threatmodel/repos', {}, { order: 'name' });
});
