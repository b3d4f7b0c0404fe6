/// What is opened and not changed stays as it is, to the byte: files of many writers, and the demo models.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { openSignedIn, startBrowser, withPage } from './browser.mjs';
import { DRAWING } from './drawing.mjs';
import { canvas, choose, copyOf, openModel, openStart, withoutPickers } from './opening.mjs';
import { data, demoPath, signInByApi, startWyvern } from './wyvern.mjs';

const ROOT = resolve(import.meta.dirname, '../..');
const BRANCH = '#/git/local/demo%2Fthreat-models/main';

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

/** The JSON files of a folder, by name; none where there is no such folder. */
async function filesIn(folder) {
  const names = await readdir(folder).catch(() => []);
  const files = names.filter((name) => name.endsWith('.json'));
  return Promise.all(files.map(async (name) => [name, await readFile(join(folder, name))]));
}

const vectors = await filesIn(join(ROOT, 'tests/vectors/models'));
const samples = (kind) => filesIn(resolve(ROOT, '../shared/samples', kind));
const isOld = ([name]) => name === 'version-1.json';

/** In other clothes: the same model with other white space. */
const own = [
  ['one line', JSON.stringify(DRAWING)],
  ['tabs and CRLF', `${JSON.stringify(DRAWING, null, '\t').replaceAll('\n', '\r\n')}\r\n`],
  ['much space', `\n\n  ${JSON.stringify(DRAWING, null, 8)}  \n\n`],
].map(([name, text]) => [name, Buffer.from(text)]);

const standing = (page, words) => page.getByRole('status').filter({ hasText: words }).first().waitFor();

const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Looks at each diagram that can be shown: as many cells are there as in the file. */
async function lookAtAll(page, { detail }) {
  const tabs = page.getByRole('navigation', { name: 'Diagrams' }).locator('li button');
  assert.equal(await tabs.count(), detail.diagrams.length);
  for (const [index, { cells }] of detail.diagrams.entries()) {
    if (await tabs.nth(index).isDisabled()) continue;
    await tabs.nth(index).click();
    const count = Array.isArray(cells) ? cells.filter(isObject).length : 0;
    await page.getByRole('listbox', { name: count === 0 ? /, no elements/ : `, ${count} element` }).waitFor();
    await page.waitForFunction((n) => document.querySelectorAll('.drawing [role=option]').length === n, count);
  }
}

/** Does much to the diagram that is shown, and takes all of it back. */
async function changeAndUndo(page) {
  const listbox = canvas(page);
  await listbox.and(page.locator('[tabindex="0"]')).or(listbox.locator('[tabindex="0"]')).focus();
  const steps = [
    'Control+a',
    'ArrowRight',
    'Control+d',
    'Control+a',
    'o',
    'r',
    '3',
    'Control+Shift+l',
    'Control+Shift+l',
    'Delete',
  ];
  for (const key of steps) await page.keyboard.press(key);
  await page.getByRole('listbox', { name: /, no elements/ }).waitFor();
  await page.keyboard.press('p');
  await page.keyboard.press('Enter');
  await page.keyboard.type('New');
  await page.keyboard.press('Enter');
  await page.getByRole('listbox', { name: /, 1 element/ }).waitFor();
  const undo = page.getByRole('toolbar').getByRole('button', { name: /^Undo/ });
  while ((await undo.getAttribute('aria-disabled')) === 'false') await page.keyboard.press('Control+z');
}

walk('a file that is not changed keeps its bytes, also after changes that are undone', {}, async (page) => {
  await withoutPickers(page);
  for (const [name, bytes] of [
    ...own,
    ...vectors.filter((each) => !isOld(each)),
    ...(await samples('threat-dragon-v2')),
  ]) {
    await openModel(page, wyvern.address, bytes, `${name}.json`);
    await lookAtAll(page, JSON.parse(bytes));
    await page.keyboard.press('Control+s');
    await page.getByText('Nothing to save').first().waitFor();
    assert.ok((await copyOf(page)).equals(bytes), `${name}: opened`);
    await changeAndUndo(page);
    await standing(page, /^\s*Saved/);
    assert.ok((await copyOf(page)).equals(bytes), `${name}: changed and undone`);
  }
});

walk('files of other formats are refused with words', {}, async (page) => {
  const others = [...(await samples('otm')), ...(await samples('tm-bom'))];
  await openStart(page, wyvern.address);
  for (const [name, bytes] of others) {
    await choose(page, bytes, name);
    await page
      .getByRole('heading', { name: /^(This is not a threat model|Files of .* cannot be opened yet)$/ })
      .waitFor();
    await page.getByText(name).waitFor();
    assert.equal(await page.locator('.editor-page').count(), 0, name);
  }
});

walk('a file of version 1 is upgraded, and stays unsaved until somebody saves it', {}, async (page) => {
  await withoutPickers(page);
  // Leaving for the next file is asked about: nothing is saved.
  page.on('dialog', (question) => question.accept());
  for (const [name, bytes] of [...vectors.filter(isOld), ...(await samples('threat-dragon-v1'))]) {
    await openModel(page, wyvern.address, bytes, name);
    await page
      .getByText(/has been upgraded to version 2/)
      .first()
      .waitFor();
    assert.equal(JSON.parse(String(await copyOf(page))).version.split('.')[0], '2', name);
  }
});

walk('a model of a repository that is not changed gets no commit', {}, async (page) => {
  const { accessToken } = await signInByApi(wyvern.address);
  const ask = (path) => fetch(wyvern.address + path, { headers: { Authorization: `Bearer ${accessToken}` } });
  const writes = [];
  page.on('request', (request) => /\/(update|create)$/.test(request.url()) && writes.push(request.url()));
  const names = await data(await ask('/api/threatmodel/demo/threat-models/main/models'));
  assert.ok(names.length > 1);
  await openSignedIn(page, wyvern.address);
  for (const name of names) {
    const before = await ask(demoPath(name, 'data'));
    await page.goto(`${wyvern.address}/${BRANCH}/${encodeURIComponent(name)}/edit`);
    await page.locator('.editor-page').waitFor();
    await lookAtAll(page, await data(before));
    await changeAndUndo(page);
    await page.keyboard.press('Control+s');
    await page.getByText('Nothing to save').first().waitFor();
    const after = await ask(demoPath(name, 'data'));
    assert.equal(after.headers.get('etag'), before.headers.get('etag'), name);
  }
  assert.deepEqual(writes, []);
});
