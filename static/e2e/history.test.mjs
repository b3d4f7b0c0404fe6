/// A person looks at what a model was: its commits, a version, what changed between two, and goes back to one.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { assertAccessible, assertAccessibleInEachLook } from './axe.mjs';
import { heading, openSignedIn, place, settled, startBrowser, withPage } from './browser.mjs';
import { CHECKOUT, hostileModel } from './models.mjs';
import { createModel, demoPath, signInByApi, startWyvern } from './wyvern.mjs';

const BRANCH = '#/git/local/demo%2Fthreat-models/main';

let wyvern;
let browser;
let token;

before(async () => {
  wyvern = await startWyvern();
  token = (await signInByApi(wyvern.address)).accessToken;
  browser = await startBrowser();
});

after(async () => {
  await browser?.close();
  await wyvern?.stop();
});

const walk = (name, options, steps) => test(name, () => withPage(browser, wyvern.address, options, steps));

async function call(method, path, body, headers = {}) {
  const response = await fetch(wyvern.address + path, {
    method,
    headers: {
      Authorization: `Bearer ${token}`,
      ...(body ? { 'Content-Type': 'application/json' } : {}),
      ...headers,
    },
    body: body && JSON.stringify(body),
  });
  assert.ok(response.ok, `${method} ${path}: ${response.status}`);
  return response;
}

/** Saves a model as it is after `edit`. */
async function save(name, message, edit) {
  const model = structuredClone(await data(name));
  edit(model);
  const headers = { 'If-Match': '*', 'Commit-Message': encodeURIComponent(message) };
  await call('PUT', demoPath(name, 'update'), model, headers);
}

const data = async (name) => (await (await call('GET', demoPath(name, 'data'))).json()).data;
const commits = async (name) => (await (await call('GET', demoPath(name, 'history'))).json()).data.commits;

const shop = (model) => model.detail.diagrams[0].cells.find(({ id }) => id === 'shop');

/** A model with a past: something moved, changed, added and removed. */
async function withPast(name) {
  await createModel(wyvern.address, name, CHECKOUT);
  await save(name, 'Shop moves', (model) => {
    shop(model).position = { x: 300, y: 200 };
  });
  await save(name, 'The bank is drawn', (model) => {
    const [diagram] = model.detail.diagrams;
    shop(model).data.threats[0].severity = 'High';
    const bank = structuredClone(diagram.cells.find(({ id }) => id === 'buyer'));
    diagram.cells.push({ ...bank, id: 'bank', position: { x: 500, y: 10 }, data: { ...bank.data, name: 'Bank' } });
    diagram.cells = diagram.cells.filter(({ id }) => id !== 'buyer' && id !== 'order');
  });
  return commits(name);
}

const names = (page) => page.locator('main ol li .name').allInnerTexts();
const said = async (within) => (await within.locator('.said').allInnerTexts()).map((text) => text.replace(/\s+/g, ' '));

walk('the commits of a model are listed, and what each changed', {}, async (page) => {
  const [newest, middle] = await withPast('Past & present');
  const at = `${BRANCH}/${encodeURIComponent('Past & present')}`;
  await openSignedIn(page, wyvern.address, `${at}/history`);
  await heading(page, 'History of Past & present').waitFor();
  assert.deepEqual(
    (await names(page)).map((name) => name.replace(/\s+/g, ' ')),
    ['The bank is drawn Now', 'Shop moves', 'Create threat model Past & present Created'],
  );
  await page.getByText(newest.summary).waitFor();
  await page.getByRole('link', { name: `What changed: ${newest.commit.slice(0, 8)}` }).click();
  await heading(page, 'Changes to Past & present').waitFor();
  assert.equal(place(page), `${at}/compare/${middle.commit}/${newest.commit}`);
});

walk('any two versions are chosen and compared by the keyboard alone', {}, async (page) => {
  const [newest, , first] = await withPast('keys');
  await openSignedIn(page, wyvern.address, `${BRANCH}/keys/history`);
  const from = page.getByRole('radio', { name: /^Compare from/ });
  assert.deepEqual(await from.evaluateAll((all) => all.map(({ checked }) => checked)), [false, true, false]);
  await from.nth(1).focus();
  await page.keyboard.press('ArrowDown');
  const compare = page.getByRole('link', { name: 'Compare the chosen versions' });
  await compare.press('Enter');
  await heading(page, 'Changes to keys').waitFor();
  await settled(page);
  assert.equal(place(page), `${BRANCH}/keys/compare/${first.commit}/${newest.commit}`);
  assert.deepEqual(await said(page.getByRole('main')), [
    'Stands elsewhere in the diagram',
    'Severity of threat #2 “Prices changed in transit”: Medium → High',
    'Added',
    'Removed',
    'Removed: 1 threat',
  ]);

  const mark = (name) => page.getByRole('button', { name, exact: true });
  await mark('Bank (Actor): added').waitFor();
  assert.deepEqual(
    await page.locator('[data-mark]').evaluateAll((all) => all.map((each) => each.dataset.mark).toSorted()),
    ['bank', 'buyer', 'order', 'shop'],
  );
  await page.getByRole('button', { name: 'Bank, show it in the diagram' }).press('Enter');
  await page.waitForFunction(() => document.activeElement?.dataset?.mark === 'bank');
  assert.equal(place(page), `${BRANCH}/keys/compare/${first.commit}/${newest.commit}/0`);
  await page.keyboard.press('ArrowRight');
  const next = await page.evaluate(() => document.activeElement.dataset.mark);
  assert.notEqual(next, 'bank');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.activeElement?.hasAttribute('data-thing'));

  await page.getByLabel('How it is drawn (1 change)').uncheck();
  assert.equal((await said(page.getByRole('main'))).length, 4);
  await page.getByLabel('Side by side').check();
  await page.getByRole('group', { name: 'Paying before' }).waitFor();
  await page.getByRole('group', { name: 'Paying after' }).waitFor();

  await page.goBack();
  await heading(page, 'History of keys').waitFor();
  await settled(page);
  assert.deepEqual(await from.evaluateAll((all) => all.map(({ checked }) => checked)), [false, false, true]);
});

walk('a version is looked at, enlarged, kept as a file, and compared with now', {}, async (page) => {
  const [newest, , first] = await withPast('old');
  await openSignedIn(page, wyvern.address, `${BRANCH}/old/history/${first.commit}`);
  await page.getByText('It cannot be changed here.').waitFor();
  await page.getByRole('img', { name: 'Picture of Paying' }).waitFor();
  await page.getByRole('rowheader', { name: 'A stranger pays' }).waitFor();
  const view = page.getByRole('region', { name: 'Diagram Paying' });
  await view.focus();
  await page.keyboard.press('+');
  await page.getByText('140%', { exact: true }).waitFor();
  assert.ok(await view.evaluate((element) => element.scrollWidth > element.clientWidth), 'it is larger than its frame');
  await page.getByRole('button', { name: 'Fit' }).click();
  await page.getByText('100%', { exact: true }).waitFor();

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as a file' }).click(),
  ]);
  assert.equal(download.suggestedFilename(), `old ${first.commit.slice(0, 8)}.json`);
  assert.deepEqual(JSON.parse(await readFile(await download.path(), 'utf8')), CHECKOUT);

  await page.getByRole('link', { name: /^Shipping/ }).click();
  await page.getByText('Nothing was drawn in this diagram.').waitFor();
  assert.equal(place(page), `${BRANCH}/old/history/${first.commit}/1`);
  await page.getByRole('link', { name: 'Compare with now' }).click();
  await heading(page, 'Changes to old').waitFor();
  assert.equal(place(page), `${BRANCH}/old/compare/${first.commit}/${newest.commit}`);
});

const restoreButton = (page) => page.getByRole('button', { name: 'Restore', exact: true });

walk(
  'a version is restored as a new commit, and nobody’s save is overwritten unseen',
  { expected: /status of 412/ },
  async (page) => {
    const [, , first] = await withPast('back');
    await openSignedIn(page, wyvern.address, `${BRANCH}/back/history`);
    await page.getByRole('button', { name: `Restore…: ${first.commit.slice(0, 8)}` }).click();
    const dialog = page.getByRole('dialog', { name: 'Restore this version?' });
    await dialog.getByText('Severity of threat').waitFor();
    assert.equal((await said(dialog)).length, 5);
    await assertAccessible(page, 'the question whether to restore');

    await save('back', 'A colleague saves', (model) => {
      model.summary.owner = 'Grace';
    });
    await restoreButton(page).click();
    await dialog.getByText('Somebody has saved the model in the meantime').waitFor();
    await dialog.getByText('Owner: Grace → Ada Lovelace').waitFor();
    assert.equal((await data('back')).summary.owner, 'Grace');

    await restoreButton(page).click();
    await page.getByText('The version was restored.').waitFor();
    assert.deepEqual(await data('back'), CHECKOUT);
    const [restored] = await commits('back');
    assert.match(restored.message, new RegExp(`^Restore the version of .+ \\(${first.commit.slice(0, 8)}\\)$`));
    await page.getByRole('link', { name: restored.message }).waitFor();
  },
);

walk('a deleted model comes back from its history', {}, async (page) => {
  await withPast('gone');
  await call('DELETE', demoPath('gone'), null, { 'If-Match': '*' });
  await openSignedIn(page, wyvern.address, `${BRANCH}/gone/history`);
  await page.getByText('This model was deleted. Any of its versions can be restored.').waitFor();
  await page.getByRole('link', { name: 'Shop moves' }).click();
  await page.getByRole('button', { name: 'Restore…', exact: true }).click();
  await page.getByText('It is made anew from this version.').waitFor();
  await restoreButton(page).click();
  await heading(page, 'History of gone').waitFor();
  assert.deepEqual(shop(await data('gone')).position, { x: 300, y: 200 });
});

walk(
  'that there is no such model, and that nothing is different, is said',
  { expected: /status of 404/ },
  async (page) => {
    const [newest] = await withPast('same');
    await openSignedIn(page, wyvern.address, `${BRANCH}/same/compare/${newest.commit}/${newest.commit}`);
    await page.getByText('Nothing is different.').waitFor();
    await page.goto(`${wyvern.address}/${BRANCH}/never-was/history`);
    await page.getByText(/This model has no history on this branch|This cannot be found/).waitFor();
    await page.goto(`${wyvern.address}/${BRANCH}/same/history/${'0'.repeat(40)}`);
    await page.getByRole('alert').waitFor();
  },
);

for (const width of [320, 1280]) {
  walk(`each page is accessible, ${width} px wide`, { viewport: { width, height: 640 } }, async (page) => {
    const name = `looks ${width}`;
    const [newest, , first] = await withPast(name);
    await createModel(wyvern.address, `hostile ${width}`, hostileModel());
    await save(`hostile ${width}`, '<script>alert(1)</script>', (model) => {
      shop(model).data.name = `${shop(model).data.name} again`;
    });
    const [now, then] = await commits(`hostile ${width}`);
    const at = `${BRANCH}/${encodeURIComponent(name)}`;
    const hostile = `${BRANCH}/${encodeURIComponent(`hostile ${width}`)}`;
    await openSignedIn(page, wyvern.address, `${at}/history`);
    const places = [
      `${at}/history`,
      `${hostile}/history`,
      `${at}/history/${first.commit}`,
      `${hostile}/history/${then.commit}`,
      `${at}/compare/${first.commit}/${newest.commit}`,
      `${hostile}/compare/${then.commit}/${now.commit}`,
    ];
    for (const where of places) {
      await page.goto(`${wyvern.address}/${where}`);
      await page.locator('main h1').waitFor();
      await page.locator('main :is(ol, [aria-busy] nav)').nth(1).waitFor();
      await settled(page);
      await assertAccessibleInEachLook(page, where);
    }
  });
}
