import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import Markdown from './Markdown.svelte';
import { markdownOf } from './markdown.ts';

let put: object[] = [];

afterEach(() => {
  put.forEach((each) => void unmount(each));
  put = [];
  document.body.replaceChildren();
});

function shown(text: string, under = 2): HTMLElement {
  const target = document.createElement('div');
  document.body.append(target);
  put.push(mount(Markdown, { target, props: { text, under } }));
  flushSync();
  return target;
}

/** What is shown, without what only the look needs. */
function html(text: string, under = 2): string {
  const root = shown(text, under).querySelector('.markdown');
  const all = (root?.innerHTML ?? '').replace(/<!--.*?-->| class="[^"]*"| dir="auto"| tabindex="0"/g, '');
  return all.replace(/(<\/?(p|h\d|li|[ou]l|blockquote|pre|hr|t\w+|div)\b[^>]*>)\s+/g, '$1').trim();
}

test('text, emphasis, code, and breaks', () => {
  expect(html('One **two** *three* ~~four~~ `<b>`  \nfive \\* six')).toBe(
    '<p>One <strong>two</strong> <em>three</em> <del>four</del> <code>&lt;b&gt;</code><br>five * six</p>',
  );
});

test('the headings of the text stand below that of the page, none left out', () => {
  expect(html('### A\n# B\n### C\n#### D\n# E')).toBe('<h3>A</h3><h3>B</h3><h4>C</h4><h5>D</h5><h3>E</h3>');
  expect(html('# A\n## B\n### C', 5)).toContain('<h6>C</h6>');
});

test('lists, quotes, rules, code and tables', () => {
  expect(html('3. a\n4. b')).toBe('<ol start="3"><li><span>a</span></li><li><span>b</span></li></ol>');
  expect(html('- [x] done\n- [ ] not')).toMatch(/☑.*done.*☐.*not/);
  expect(html('> said\n\n---\n\n```js\na < b\n```')).toBe(
    '<blockquote><p>said</p></blockquote><hr><pre><code>a &lt; b</code></pre>',
  );
  expect(html('| a | b |\n|---|--:|\n| 1 | 2 |')).toContain('<tr><td>1</td><td>2</td></tr>');
});

test('what leads to the web or to a person is a link', () => {
  expect(html('[a](https://example.org/x) <mailto:a@example.org>')).toBe(
    '<p><a target="_blank" rel="noopener noreferrer" href="https://example.org/x">a</a> ' +
      '<a target="_blank" rel="noopener noreferrer" href="mailto:a@example.org">mailto:a@example.org</a></p>',
  );
});

test('a picture is a link to it, by its words', () => {
  expect(html('![The plan](https://example.org/plan.png)')).toContain(
    'href="https://example.org/plan.png">The plan</a>',
  );
});

test.each([
  '[a](javascript:alert(1))',
  '[a](JaVaScRiPt:alert(1))',
  '[a](&#106;avascript:alert(1))',
  '[a](data:text/html,<script>alert(1)</script>)',
  '[a](vbscript:x)',
  '[a](//example.org)',
  '[a](#/git/local)',
  '![a](data:image/svg+xml,x)',
  '[a][b]\n\n[b]: javascript:alert(1)',
  '<a href="javascript:alert(1)">a</a>',
  '<img src=x onerror=alert(1)>',
  '<script>alert(1)</script>',
  '<!-- x --> <svg onload=alert(1)>',
])('%s is text', (text) => {
  const root = shown(text).querySelector('.markdown');
  const names = [...(root?.querySelectorAll('*') ?? [])].map((each) => each.localName);
  expect(names.filter((name) => name !== 'p')).toEqual([]);
  expect(root?.textContent?.trim()).toBe(text.split('\n')[0]);
});

test.each([
  ['quotes', '> '.repeat(10_000) + 'x'],
  ['quotes without spaces', '>'.repeat(10_000) + 'x'],
  ['lists', '- '.repeat(10_000) + 'x'],
  ['lists by lines', Array.from({ length: 200 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n')],
  ['emphasis', '*a **b '.repeat(7_000)],
  ['marks', '*'.repeat(50_000)],
  ['brackets', '['.repeat(50_000)],
  ['links', '[a]('.repeat(12_000)],
  ['links in links', '[a'.repeat(10_000) + '](b)'.repeat(5_000)],
  ['code', Array.from({ length: 300 }, (_, count) => '`'.repeat(count % 100) + ' ').join('')],
  ['HTML', '<a '.repeat(16_000)],
  ['underscores', 'a_'.repeat(25_000)],
  ['tables', '|a'.repeat(10_000) + '\n' + '|-'.repeat(10_000)],
  ['a word like mail', 'a+'.repeat(9_900) + '@'],
  ['words like mail', `${'a+'.repeat(240)}@ `.repeat(41)],
  ['items apart', '- a\n\n'.repeat(4_000)],
  ['1 MB', 'word *emphasis* '.repeat(65_000)],
])('%s without end are shown soon', (_, text) => {
  const begun = performance.now();
  expect(JSON.stringify(markdownOf(text)).length).toBeGreaterThan(100);
  expect(performance.now() - begun).toBeLessThan(1_000);
});

test('nothing is nothing', () => {
  expect(markdownOf('')).toEqual([]);
  expect(markdownOf(' \n ')).toEqual([]);
});
