/// What axe finds on a page as it is, in the ways in which people may want to see it.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const PLAIN = { colorScheme: 'light', forcedColors: 'none', contrast: 'no-preference' };
/** What depends on these is the contrast only. */
const LOOKS = {
  dark: { ...PLAIN, colorScheme: 'dark' },
  'forced colours': { ...PLAIN, forcedColors: 'active' },
  'more contrast': { ...PLAIN, contrast: 'more' },
  'dark, more contrast': { ...PLAIN, colorScheme: 'dark', contrast: 'more' },
};

/** No finding of axe, and nothing to scroll sideways for. */
export async function assertAccessible(page, where) {
  const passed = await assertNothingFound(page, where, { type: 'tag', values: TAGS });
  assert.ok(passed.includes('color-contrast'), `${where}: axe looked at the contrast`);
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= window, `${where}: ${content} px wide in a window of ${window}`);
}

/** The same, in light and dark, in the colours of the reader, and with more contrast. */
export async function assertAccessibleInEachLook(page, where) {
  await assertAccessible(page, where);
  for (const [look, media] of Object.entries(LOOKS)) {
    await page.emulateMedia(media);
    await assertNothingFound(page, `${where}, ${look}`, { type: 'rule', values: ['color-contrast'] });
  }
  await page.emulateMedia(PLAIN);
}

/** No finding of axe in the parts of the page that a selector names. */
export async function assertPartsAccessible(page, where, within) {
  await assertNothingFound(page, where, { type: 'tag', values: TAGS }, within);
}

/** The rules that axe found something to pass by. */
async function assertNothingFound(page, where, runOnly, within = null) {
  await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => {}))));
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const { violations, passes } = await page.evaluate(
    ([runOnly, within]) => axe.run(within ?? document, { runOnly, resultTypes: ['violations'] }),
    [runOnly, within],
  );
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
  assert.deepEqual(found, [], where);
  return passes.map(({ id }) => id);
}
