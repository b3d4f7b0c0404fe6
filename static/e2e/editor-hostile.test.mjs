/// Models that anyone may have written do no harm in the editor, and nothing of them is lost.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBrowser, withPage } from './browser.mjs';
import { ATTACK, OPENED, REFUSED } from './hostile.mjs';
import { canvas, choose, copyOf, openModel, openStart, withoutPickers, written } from './opening.mjs';
import { startWyvern } from './wyvern.mjs';

let wyvern;
let browser;

before(async () => {
  wyvern = await startWyvern();
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await wyvern?.stop();
});

const walk = (name, options, steps) => test(name, () => withPage(browser, wyvern.address, options, steps));

const state = (page, name) => page.evaluate((name) => ({})[name] ?? window[name] ?? null, name);
const undo = (page) => page.getByRole('toolbar').getByRole('button', { name: /^Undo/ });

/** Goes to each diagram that can be shown. */
async function eachDiagram(page, look) {
  const tabs = page.getByRole('navigation', { name: 'Diagrams' }).locator('li button:enabled');
  for (const tab of await tabs.all()) {
    await tab.click();
    await tab.and(page.locator('[aria-current]')).waitFor();
    await look();
  }
}

/** Looks at what is drawn in each pane, selects all of it, changes it, takes it away, and takes that back. */
async function useDiagram(page) {
  if ((await canvas(page).getByRole('option').count()) === 0) return;
  const pane = (name) => page.getByRole('tabpanel', { name }).waitFor();
  for (const [keys, name] of [
    [['Control+Shift+o'], 'Outline'],
    [['End', 'Enter'], /^(Threats|Properties)/],
    [['Escape', 'Home', ']', 'Enter'], /^(Threats|Properties)/],
    [['Control+a', 'Alt+Enter'], 'Properties'],
  ]) {
    await canvas(page).locator('[tabindex="0"]').focus();
    for (const key of keys) await page.keyboard.press(key);
    await pane(name);
  }
  await canvas(page).locator('[tabindex="0"]').focus();
  for (const key of ['ArrowRight', 'r', '3', 'o', 'Delete']) await page.keyboard.press(key);
  while ((await undo(page).getAttribute('aria-disabled')) === 'false') await page.keyboard.press('Control+z');
}

/** That `after` is `before` with something put in at one place. */
function assertInserted(before, after, where) {
  let start = 0;
  while (before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end += 1;
  assert.equal(start + end, before.length, `${where}: something of ${before.subarray(start, start + 60)} is lost`);
  assert.ok(after.length > before.length, where);
}

for (const [name, text] of Object.entries(OPENED)) {
  walk(`${name}: nothing is harmed, nothing is lost`, {}, async (page) => {
    const bytes = Buffer.from(text);
    await withoutPickers(page);
    await openModel(page, wyvern.address, bytes);
    await eachDiagram(page, () => useDiagram(page));
    assert.ok((await copyOf(page)).equals(bytes), 'all that is done is undone');
    await page.getByRole('region', { name: 'Shapes' }).getByRole('button', { name: 'Process' }).press('Enter');
    await page.keyboard.type('New');
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: /^Process New/ }).waitFor();
    assertInserted(bytes, await written(page, () => page.keyboard.press('Control+s')), name);
    assert.deepEqual([await state(page, 'polluted'), await state(page, 'harmed')], [null, null]);
  });
}

walk('text that is code is shown as text', {}, async (page) => {
  await openModel(page, wyvern.address, OPENED['text that is code']);
  const shown = page.locator('.editor-page');
  assert.equal(
    await shown.locator('script, iframe, foreignObject, [onerror], [onload], [href^=javascript]').count(),
    0,
  );
  assert.equal(await shown.locator('img').count(), 1, 'the mark of the app alone');
  assert.equal(await page.getByRole('heading', { level: 1 }).innerText(), ATTACK.replace(/\s+/g, ' '));
});

walk('what is no model is refused with words, and the page goes on', {}, async (page) => {
  await withoutPickers(page);
  await openStart(page, wyvern.address);
  for (const [text, heading] of Object.entries(REFUSED)) {
    await choose(page, text, `${text.length}.json`);
    await page.getByRole('heading', { name: heading }).waitFor();
    await choose(page, Buffer.from([0x7b, 0xff, 0x7d]));
    await page.getByRole('heading', { name: 'This is not a text in UTF-8' }).waitFor();
  }
  await choose(page, OPENED['odd at the top']);
  await page.locator('.editor-page').waitFor();
});

/** Drops a file on the page that is made there: so much would take long on the way to the browser. */
async function drop(page, [start, filling, count, end]) {
  const transfer = await page.evaluateHandle(
    ([start, filling, count, end]) => {
      const data = new DataTransfer();
      data.items.add(new File([start, filling.repeat(count), end], 'Large.json'));
      return data;
    },
    [start, filling, count, end],
  );
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

walk('a file of 20 MB can be worked on, a larger one cannot', {}, async (page) => {
  await withoutPickers(page);
  const start = '{"version":"2.0","summary":{"title":"Large","description":"';
  const end = '"},"detail":{"diagrams":[{"id":0,"title":"One","cells":[]}]}}';
  const count = Math.floor((20_000_000 - start.length - end.length) / 2);
  await openStart(page, wyvern.address);
  await drop(page, [start, 'é', count + 1, end]);
  await page.getByRole('heading', { name: 'This file is too large' }).waitFor();
  await drop(page, [start, 'é', count, end]);
  await page.getByRole('region', { name: 'Shapes' }).getByRole('button', { name: 'Process' }).press('Enter');
  await page.keyboard.type('New');
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: 'Process New' }).waitFor();
  const bytes = Buffer.from(`${start}${'é'.repeat(count)}${end}`);
  assertInserted(bytes, await written(page, () => page.keyboard.press('Control+s')), 'large');
});
