import { afterEach, expect, test, vi } from 'vitest';
import { recallInTab, rememberInTab } from './tab-storage.ts';

afterEach(() => {
  vi.restoreAllMocks();
  window.sessionStorage.clear();
});

test('a tab remembers, and forgets', () => {
  rememberInTab('a', '1');
  expect(recallInTab('a')).toBe('1');
  rememberInTab('a', null);
  expect(recallInTab('a')).toBeNull();
});

test('a browser that forbids it remembers nothing, and nothing breaks', () => {
  vi.spyOn(window, 'sessionStorage', 'get').mockImplementation(() => {
    throw new DOMException('', 'SecurityError');
  });
  rememberInTab('a', '1');
  expect(recallInTab('a')).toBeNull();
});
